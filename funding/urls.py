from django.urls import path

from funding import views

app_name = "projects"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.detail, name="detail"),
]
