/* A choice among the rows of a list, with one before them that is none: nobody in particular, no room. */
#pragma once

#include <gtk/gtk.h>

#include "limber-live-query.h"

G_BEGIN_DECLS

typedef char *(*LimberSetupChoiceName) (LimberRow *row); /* (nullable): for one that is not offered */

typedef struct _LimberSetupChoice LimberSetupChoice;

LimberSetupChoice *limber_setup_choice_new  (GtkDropDown *shown, LimberLiveQuery *rows, LimberSetupChoiceName name, const char *none);
void               limber_setup_choice_free (LimberSetupChoice *choice);
void               limber_setup_choice_set  (LimberSetupChoice *choice, const LimberId *id);
gboolean           limber_setup_choice_get  (LimberSetupChoice *choice, LimberId *id);

char *limber_setup_choice_staff (LimberRow *row);
char *limber_setup_choice_place (LimberRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberSetupChoice, limber_setup_choice_free)

G_END_DECLS
