from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.support import views

urlpatterns = [
    path("help/messages/", views.questions, name="messages"),
    path("help/messages/new/", views.ask, name="message-new"),
    path("help/messages/attachments/<uuid:key>/", views.attachment, name="attachment"),
    path("help/messages/<thread_reference:reference>/", views.question, name="thread"),
    path("help/messages/<thread_reference:reference>/close/", views.close, name="thread-close"),
]
