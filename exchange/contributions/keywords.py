"""Keywords as people type them: whatever capitals and signs without width they use, the same word is one keyword."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager

from exchange.themes.models import Keyword


class _Keywords(_ClusterTaggableManager):
    def _to_tag_model_instances(self, tags: Iterable[Keyword | str], tag_kwargs: Any) -> list[Keyword]:
        """The keywords of these words. taggit asks the database to ignore capitals, which SQLite does for ASCII."""
        found = [tag if isinstance(tag, Keyword) else Keyword.named(tag) for tag in tags if Keyword.key_of(str(tag))]
        return list(dict.fromkeys(found))


class KeywordsManager(ClusterTaggableManager):
    """`page.keywords.set(["inloop"])`."""

    def __get__(self, instance: Any, model: Any) -> _Keywords:
        return _Keywords(through=self.through, model=model, instance=instance, prefetch_cache_name=self.name)

    def deconstruct(self) -> Any:
        """For a migration it is what it was: only how words are looked up differs."""
        name, _path, args, kwargs = super().deconstruct()
        return name, f"{ClusterTaggableManager.__module__}.{ClusterTaggableManager.__qualname__}", args, kwargs
