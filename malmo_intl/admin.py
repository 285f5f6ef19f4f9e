"""People, rights and registers, for those who keep them (is_staff). No writing in reports here."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.html import strip_tags
from simple_history.admin import SimpleHistoryAdmin

from malmo_intl.forms import MembershipForm, PersonCreationForm, PersonForm
from malmo_intl.formsets import CheckedInlineFormSet
from malmo_intl.models import Administration, Event, Membership, User

admin.site.unregister(Group)


class KeptByStaff:
    """Everyone who reaches the admin may keep the registers: one right, `is_staff`, and no groups.

    Rows are removed one at a time, never many from a list.
    """

    actions = None

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def formfield_for_dbfield(self, db_field, request, **options):
        """Every field has a name of its own, in rows too; a choice only chooses."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if isinstance(self, admin.TabularInline):
            field.widget.attrs["aria-label"] = field.label
        return field

    def get_deleted_objects(self, objs, request):
        """What is in use says what kind of rows use it, not which: some may be others' drafts."""
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        kinds = {strip_tags(str(row)).split(": ")[0] for row in protected}
        return deleted, counts, forbidden, sorted(kinds)


def years(first, last) -> str:
    """2014–2020, from 2021 without an end, or nothing."""
    return f"{first or ''}–{last or ''}" if first or last else ""


class Register(KeptByStaff, admin.ModelAdmin):
    """A register without a history of its own."""


class RegisterWithHistory(KeptByStaff, SimpleHistoryAdmin):
    """A register whose every version is kept; "Historik" lists them and changes nothing."""

    object_history_template = "admin/register_history.html"

    def get_urls(self):
        return [url for url in super().get_urls() if not str(url.name).endswith("_simple_history")]


class Inline(KeptByStaff, admin.TabularInline):
    formset = CheckedInlineFormSet
    extra = 1

    def has_add_permission(self, request, obj):
        return self.has_module_permission(request)


class Memberships(Inline):
    model = Membership
    form = MembershipForm


@admin.register(User)
class PersonAdmin(KeptByStaff, UserAdmin):
    """Rights come from roles and `is_staff` alone; nobody is made a superuser here."""

    form = PersonForm
    add_form = PersonCreationForm
    inlines = [Memberships]
    list_display = ["name", "email", "roles", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "memberships__role", "memberships__administration"]
    search_fields = ["name", "email"]
    ordering = ["name"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    fieldsets = [
        (None, {"fields": ["name", "email", "title", "phone"]}),
        ("Inloggning", {"fields": ["password", "is_active", "is_staff", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["name", "email", "usable_password", "password1", "password2"]})
    ]

    @admin.display(description="roller")
    def roles(self, person):
        return ", ".join(
            f"{membership.get_role_display()} {membership.administration.code}"
            for membership in person.memberships.all()
        )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships__administration")


@admin.register(Membership)
class MembershipAdmin(RegisterWithHistory):
    form = MembershipForm
    list_display = ["user", "administration", "role"]
    list_filter = ["role", "administration"]
    list_select_related = ["user", "administration"]
    search_fields = ["user__name", "user__email"]
    ordering = ["user__name", "administration__code"]


@admin.register(Administration)
class AdministrationAdmin(RegisterWithHistory):
    list_display = ["name", "code", "board_name", "starts_on", "ends_on"]
    list_filter = ["leads_the_year"]
    search_fields = ["name", "code", "board_name", "board_code"]
    prepopulated_fields = {"slug": ["code"]}


@admin.register(Event)
class EventAdmin(Register):
    """The trail is read and never written."""

    list_display = ["at", "by_name", "verb", "subject_name", "administration", "comment"]
    list_filter = ["administration", "verb"]
    list_select_related = ["administration"]
    search_fields = ["by_name", "verb", "subject_name", "comment"]
    date_hierarchy = "at"
    fields = ["at", "by_name", "verb", "subject_name", "administration", "comment"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
