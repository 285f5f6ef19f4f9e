"""The address map. Floors are named by string only."""

from django.contrib import admin
from django.urls import include, path

admin.site.site_header = "Internationell redovisning – register"
admin.site.site_title = "Register"
admin.site.index_title = "Personer, rättigheter och register"

urlpatterns = [
    path("", include("reports.urls")),
    path("projekt/", include("funding.urls")),
    path("admin/", admin.site.urls),
]
