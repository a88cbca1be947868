/* Rows: records in their kinds' tables. Private to app/store. */
#pragma once

#include "limber-database.h"
#include "limber-record.h"

G_BEGIN_DECLS

/* Called for each row of a list; returning FALSE ends it. */
typedef gboolean (*LimberRowsFunc) (const LimberRecord *record, gint64 n, gpointer data);

const char   *limber_rows_columns (const LimberKind *kind);
gboolean      limber_rows_find    (LimberDatabase *database, const LimberKind *kind, gint64 n, LimberRecord **record, GError **error);
LimberRecord *limber_rows_load    (LimberDatabase *database, const LimberKind *kind, gint64 n, GError **error);
LimberRecord *limber_rows_decode  (LimberStatement *statement, int first, const LimberKind *kind, const LimberId *id, GError **error);
gboolean      limber_rows_save    (LimberDatabase *database, const LimberRecord *record, gint64 n, gint64 seq, gboolean there, GError **error);
gboolean      limber_rows_leave   (LimberDatabase *database, const LimberKind *kind, gint64 n, gboolean *there, GError **error);
gboolean      limber_rows_count_as (LimberDatabase *database, const LimberRecord *record, gint64 n, GError **error);
gboolean      limber_rows_delete  (LimberDatabase *database, const LimberKind *kind, gint64 n, GError **error);
gboolean      limber_rows_each    (LimberDatabase *database, const LimberKind *kind, const char *where, const LimberValue *values, guint n_values,
                                   LimberRowsFunc func, gpointer data, GError **error);
gint64        limber_rows_seq     (LimberDatabase *database, const LimberKind *kind, gint64 n);
GArray       *limber_rows_of_patient (LimberDatabase *database, const LimberKind *kind, gint64 patient, gint64 before, GError **error);
GArray       *limber_rows_following  (LimberDatabase *database, const LimberKind *kind, gint64 n, GError **error);
LimberStatement *limber_rows_held (LimberDatabase *database, const LimberKind *kind, gint64 group, GError **error);
gboolean      limber_rows_bind    (LimberStatement *statement, int at, const LimberField *field, const LimberValue *value, gboolean make, GError **error);

GByteArray   *limber_rows_encode_stamps (LimberDatabase *database, const LimberStamp *stamps, const gboolean *stored, guint n, GError **error);
gboolean      limber_rows_decode_stamps (LimberDatabase *database, const guint8 *bytes, gsize length, LimberStamp *stamps, guint n);

G_END_DECLS
