"""Addresses about what is known of an initiative."""

from django.urls import path

from . import views

urlpatterns = [path("toets/<int:pk>/", views.peer_check, name="peer_check")]
