"""Public numbers in addresses, understood however typed; anything else is a 404."""

from django.urls import register_converter

from customers import numbers


class _NumberConverter:
    regex = r"[^/]{8,40}"
    prefix: str

    def to_python(self, value: str) -> str:
        return numbers.parse(value, self.prefix)

    def to_url(self, value: str) -> str:
        return value


class CustomerNumberConverter(_NumberConverter):
    prefix = numbers.CUSTOMER


class RequestReferenceConverter(_NumberConverter):
    prefix = numbers.REQUEST


class ThreadReferenceConverter(_NumberConverter):
    prefix = numbers.MESSAGE


class ViewNumberConverter(_NumberConverter):
    prefix = numbers.VIEW


class ExportNumberConverter(_NumberConverter):
    prefix = numbers.EXPORT


class ExportFormatConverter:
    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ExportVerbConverter(ExportFormatConverter):
    regex = "cancel|again|delete"


register_converter(CustomerNumberConverter, "customer_number")
register_converter(RequestReferenceConverter, "reference")
register_converter(ThreadReferenceConverter, "thread_reference")
register_converter(ViewNumberConverter, "view_number")
register_converter(ExportNumberConverter, "export_number")
register_converter(ExportFormatConverter, "export_format")
register_converter(ExportVerbConverter, "export_verb")
