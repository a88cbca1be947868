/* Reads: who opened whose record, and why, in the journal. A page that is opened again within a quarter of an hour is one read, so that a
 * receptionist who goes to and fro writes little: a busy desk some 300 a day, of 413 bytes each in its journal until central has them, and nothing
 * in any table of its own. 50,000 appointments a year, each looked at three times, are some 60 MB a year in central's journal. Central keeps the rows; what was asked of it from afar (kind `inquiry`) counts there too. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_READS_MINUTES 15

gboolean   limber_reads_note       (LimberTransaction *transaction, const LimberId *patient, const char *what, const LimberAuthor *author, GError **error);
void       limber_reads_note_later (LimberStore *store, const LimberId *patient, const char *what, const LimberAuthor *author);
GPtrArray *limber_reads_list       (LimberReader *reader, const LimberId *patient, GError **error);

G_END_DECLS
