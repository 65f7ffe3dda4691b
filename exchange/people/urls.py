"""Addresses about people."""

from django.urls import path

from . import fresh_sign_in, views

urlpatterns = [
    path("doe-mee/", views.join, name="join"),
    path("doe-mee/gemeente/", views.choose, name="choose_municipality"),
    path("doe-mee/vraag/<str:code>/", views.ask, name="ask_to_join"),
    path("mensen/<str:code>/", views.people, name="people"),
    path("mensen/rol/<int:pk>/", views.change_role, name="change_role"),
    path("mensen/uitnodiging/<int:pk>/", views.withdraw, name="withdraw_invitation"),
    path("mensen/verzoek/<int:pk>/", views.answer, name="answer_request"),
    path("account/", views.account, name="account"),
    path("account/opnieuw/", fresh_sign_in.sign_in_again, name="sign_in_again"),
    path("account/rol/<int:pk>/", views.leave, name="leave"),
    path("account/gegevens/", views.my_data, name="my_data"),
    path("account/weg/", views.close_account, name="close_account"),
]
