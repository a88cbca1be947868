/* What somebody has typed into a form and not saved yet. Local: it is no record, leaves the device never, is shown to nobody but who
 * typed it, and goes with the person whom it is about. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_UNSAVED_DAYS 7
#define LIMBER_UNSAVED_MAXIMUM (64 * 1024)

gboolean limber_unsaved_keep          (LimberTransaction *transaction, const char *author, const char *form, const LimberId *about, const char *text, GError **error);
char    *limber_unsaved_find          (LimberReader *reader, const char *author, const char *form, const LimberId *about, gint64 *at);
gboolean limber_unsaved_forget_person (LimberTransaction *transaction, const LimberId *patient, GError **error);

G_END_DECLS
