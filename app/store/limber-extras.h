/* The table `extra`: what this store holds of kinds and fields that this version does not know (SYNC.md rule 6). Only
 * nodes hold any, and only nodes are told of any. */
#pragma once

#include "limber-extra.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

/* Called for each record. */
typedef void (*LimberExtraFunc) (const LimberExtra *extra, gpointer data);

/* Called for each record's part of a digest. */
typedef void (*LimberExtraPartFunc) (const LimberId *id, const guint8 part[16], gpointer data);

gboolean limber_extras_fold         (LimberTransaction *transaction, const LimberEntry *entry, GArray *changes, gint64 n, gboolean fresh, GError **error);
gboolean limber_extras_apply        (LimberTransaction *transaction, LimberExtra *extra, GError **error);
gboolean limber_extras_forget       (LimberTransaction *transaction, gint64 patient, GError **error);
gboolean limber_extras_erase        (LimberTransaction *transaction, gint64 n, GHashTable *entries, GError **error);
gboolean limber_extras_repair       (LimberTransaction *transaction, guint bucket, GHashTable *extras, GError **error);
gboolean limber_extras_save         (LimberTransaction *transaction, const LimberExtra *extra, gint64 n, GError **error);

gboolean limber_extras_find         (LimberReader *reader, gint64 n, const char *kind, LimberExtra **extra, GError **error);
gboolean limber_extras_stands       (LimberReader *reader, gint64 n, const char *kind, const char *field, const LimberEntryId *entry);
gboolean limber_extras_verify       (LimberReader *reader, LimberExtraFunc wrong, gpointer data, GError **error);
gboolean limber_extras_tell_at      (LimberReader *reader, gint64 n, gint64 seq, LimberExtraFunc func, gpointer data, GError **error);
gboolean limber_extras_tell_person  (LimberReader *reader, gint64 patient, gint64 before, LimberExtraFunc func, gpointer data, GError **error);
gboolean limber_extras_tell_bucket  (LimberReader *reader, gint64 group, guint bucket, LimberExtraFunc func, gpointer data, GError **error);
gboolean limber_extras_digest       (LimberReader *reader, gint64 group, LimberExtraPartFunc func, gpointer data, GError **error);

G_END_DECLS
