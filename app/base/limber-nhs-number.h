/* The NHS number: ten figures, the last a check by Modulus 11 (NHS Data Dictionary, NHS NUMBER). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean limber_nhs_number_is_valid (const char *number);
char    *limber_nhs_number_parse    (const char *text, GError **error);
char    *limber_nhs_number_format   (const char *number);

G_END_DECLS
