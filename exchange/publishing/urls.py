"""Addresses about reading along."""

from django.urls import path

from . import views

urlpatterns = [
    path("meelezen/", views.readings, name="readings"),
    path("meelezen/<int:pk>/", views.read, name="reading"),
    path("meelezen/<int:pk>/kijk/", views.look, name="look_at_reading"),
]
