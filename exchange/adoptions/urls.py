"""Addresses about adoptions."""

from django.urls import path

from . import views

urlpatterns = [
    path("toepassing/nieuw/<int:pk>/", views.adopt, name="adopt"),
    path("toepassing/<int:pk>/", views.adoption_form, name="adoption_form"),
    path("toepassing/bron/<str:token>/", views.source_answer, name="source_answer"),
    path("toepassing/hoe-gaat-het/<str:token>/", views.follow_up, name="follow_up"),
    path("gemeenten-zoals/<str:code>/", views.like_ours, name="like_ours"),
    path("toepassingen/<int:pk>/", views.who_else, name="who_else"),
]
