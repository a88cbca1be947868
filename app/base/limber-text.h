/* Text as people's names need it: folding for comparison, the letters that a surname may be asked for by. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *limber_text_fold            (const char *text);
char    *limber_text_surname_letters (const char *surname);
gunichar limber_text_fold_letter     (gunichar letter);
char    *limber_text_initials        (const char *given, const char *family);
char    *limber_text_mask_phone      (const char *phone);
char    *limber_text_digits          (const char *text);
char    *limber_text_postcode        (const char *text);
gboolean limber_text_is_clean        (const char *text, gsize maximum);

G_END_DECLS
