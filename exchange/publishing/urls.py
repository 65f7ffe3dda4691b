"""Addresses about writing a card and reading along."""

from django.urls import path

from . import card_views, from_text, views

urlpatterns = [
    path("schrijven/initiatief/", card_views.card, name="new_card"),
    path("schrijven/uit-tekst/", from_text.card_from_text, name="card_from_text"),
    path("schrijven/bewaar/", card_views.save_card, name="save_card"),
    path("schrijven/<int:pk>/", card_views.card, name="card"),
    path("schrijven/<int:pk>/klaar/", card_views.card_done, name="card_done"),
    path("meelezen/", views.readings, name="readings"),
    path("meelezen/<int:pk>/", views.read, name="reading"),
    path("meelezen/<int:pk>/kijk/", views.look, name="look_at_reading"),
]
