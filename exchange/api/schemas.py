"""What the API returns, as types: the OpenAPI description follows from them."""

from __future__ import annotations

import datetime

from pydantic import BaseModel


class MunicipalityOut(BaseModel):
    code: str
    name: str


class ResultOut(BaseModel):
    id: int
    kind: str
    external_id: str
    title: str
    url: str
    summary: str
    highlights: list[str]
    municipality: MunicipalityOut
    size: str
    runs_at_sizes: list[str]
    themes: list[str]
    phase: str
    confirmed_at: datetime.date | None
    score: float


class FacetValueOut(BaseModel):
    value: str
    label: str
    count: int
    selected: bool


class SearchOut(BaseModel):
    count: int
    page: int
    page_size: int
    engine: str
    degraded: bool
    did_you_mean: str | None
    results: list[ResultOut]
    facets: dict[str, list[FacetValueOut]]


class SuggestionOut(BaseModel):
    text: str
    kind: str
    url: str


class InvalidParamOut(BaseModel):
    parameter: str
    message: str


class ProblemOut(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    invalid_params: list[InvalidParamOut]
