"""The entrance for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "malmo_intl.settings")
application = get_wsgi_application()
# The process that paints PDF is started with the server, so that the first who asks need not wait for it.
import_string("reports.renderers.pdf.warm_up")()
# What is loaded by now stays for good. Looking for garbage in it would stop a request now and then for 60 ms.
gc.collect()
gc.freeze()
