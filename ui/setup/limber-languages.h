/* LimberLanguages: which languages are offered, and in which order. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_LANGUAGES (limber_languages_get_type ())
G_DECLARE_FINAL_TYPE (LimberLanguages, limber_languages, LIMBER, LANGUAGES, GtkWidget)

GtkWidget *limber_languages_new      (void);
void       limber_languages_set_text (LimberLanguages *languages, const char *text);
char      *limber_languages_dup_text (LimberLanguages *languages);

/* Signal "changed": somebody has chosen otherwise. */

G_END_DECLS
