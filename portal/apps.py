from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    default = True
    verbose_name = "Accounts"

    def ready(self) -> None:
        from portal.staff_groups import ensure_staff_groups

        post_migrate.connect(ensure_staff_groups, sender=self)


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django admin with the portal's own site, named in INSTALLED_APPS."""

    default = False
    default_site = "portal.admin_site.PortalAdminSite"
