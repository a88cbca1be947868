/* How somebody is reached, as it is typed: telephone numbers, email addresses, postcodes; checked, and written one way. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *limber_contact_phone    (const char *text, GError **error);
char *limber_contact_mobile   (const char *text, GError **error);
char *limber_contact_email    (const char *text, GError **error);
char *limber_contact_postcode (const char *text, GError **error);

G_END_DECLS
