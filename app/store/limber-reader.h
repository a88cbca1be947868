/* LimberReader: reading a store: records by id, lists of a kind, and the named queries. */
#pragma once

#include "limber-record.h"
#include "limber-row.h"

G_BEGIN_DECLS

typedef struct _LimberReader LimberReader;

/* Called for each record of a list; returning FALSE ends it. The record is the reader's. */
typedef gboolean (*LimberRecordFunc) (const LimberRecord *record, gpointer data);

LimberRecord *limber_reader_get       (LimberReader *reader, const char *kind, const LimberId *id, GError **error);
gboolean      limber_reader_find      (LimberReader *reader, const LimberKind *kind, const LimberId *id, LimberRecord **record, GError **error);
gboolean      limber_reader_has       (LimberReader *reader, const LimberKind *kind, const LimberId *id, gboolean *there, GError **error);
LimberRecord *limber_reader_by_key    (LimberReader *reader, const char *kind, const char *key, GError **error);
gboolean      limber_reader_list      (LimberReader *reader, const char *kind, const char *const *fields, const LimberValue *values,
                                       LimberRecordFunc func, gpointer data, GError **error);
GPtrArray    *limber_reader_query     (LimberReader *reader, const char *query, GError **error, const char *form, ...);
GPtrArray    *limber_reader_query_values (LimberReader *reader, const char *query, const LimberValue *values, guint n_values, GError **error);
guint64       limber_reader_query_kinds (const char *query);
GArray       *limber_reader_values    (const char *form, va_list args);
gint64        limber_reader_count     (LimberReader *reader, const char *query, const char *form, ...);
char         *limber_reader_meta      (LimberReader *reader, const char *name);
LimberClass   limber_reader_class     (LimberReader *reader);
gboolean      limber_reader_site      (LimberReader *reader, LimberId *site);
LimberEnv    *limber_reader_env       (LimberReader *reader);
gint64        limber_reader_now       (LimberReader *reader);

G_END_DECLS
