from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "tests.kinds.questions"
    label = "questions"
