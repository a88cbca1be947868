/* How another system writes days and times: a form such as DD/MM/YYYY or DD-Mmm-YYYY HH:mm.
 *
 *   DD day   MM month   Mmm its name, in English   YYYY or YY year   HH hour, of 24   mm minute   ss second
 *
 * All else must stand in the text as it stands in the form. A time is London's, by the clock on the wall. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean limber_date_form_is_of_date (const char *form);
gboolean limber_date_form_is_of_time (const char *form);
char    *limber_date_form_read_date  (const char *form, const char *text, const char *today, GError **error);
char    *limber_date_form_read_time  (const char *form, const char *text, GError **error);

G_END_DECLS
