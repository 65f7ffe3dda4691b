"""Addresses about lists and following."""

from django.urls import path

from . import views

urlpatterns = [
    path("volgen/", views.following, name="following"),
    path("volgen/kies/", views.change_follow, name="change_follow"),
    path("weekbericht/uit/<str:token>/", views.digest_off, name="digest_off"),
    path("lijsten/", views.lists, name="lists"),
    path("lijsten/<int:pk>/", views.reading_list, name="reading_list"),
    path("lijsten/erbij/<int:pk>/", views.put_on_list, name="put_on_list"),
    path("lijsten/<int:pk>/eraf/<int:page>/", views.take_off_list, name="take_off_list"),
]
