/* LimberDatabase: one SQLite connection, with its statements kept by their text. Private to app/store: no other folder
 * may include this. A connection is used by one thread at a time; its owner sees to that. */
#pragma once

#include <sqlite3.h>

#include "limber-numbers.h"

G_BEGIN_DECLS

typedef struct _LimberDatabase LimberDatabase;

/* A statement in use. It is reset, and given back, when it goes out of scope. */
typedef struct {
  LimberDatabase *database;
  sqlite3_stmt   *stmt;
  gboolean        kept; /* belongs to the connection, and so does this */
} LimberStatement;

LimberDatabase  *limber_database_open        (const char *path, gboolean writable, LimberEnv *env, GError **error);
void             limber_database_close       (LimberDatabase *database);
sqlite3         *limber_database_handle      (LimberDatabase *database);
LimberEnv       *limber_database_env         (LimberDatabase *database);
gboolean         limber_database_run         (LimberDatabase *database, const char *sql, GError **error);
gboolean         limber_database_execute     (LimberDatabase *database, GError **error, const char *sql, const char *form, ...);
gint64           limber_database_integer     (LimberDatabase *database, gint64 otherwise, const char *sql, const char *form, ...);
gboolean         limber_database_set_error   (LimberDatabase *database, int code, GError **error);
gboolean         limber_database_in_trouble  (LimberDatabase *database, GError **error);
GError          *limber_database_take_trouble (LimberDatabase *database);
gboolean         limber_database_untroubled  (LimberDatabase *database, gboolean result, GError **error);
void             limber_database_leave_log   (LimberDatabase *database);

LimberStatement *limber_database_statement   (LimberDatabase *database, const char *sql, GError **error);
LimberStatement *limber_database_bound       (LimberDatabase *database, GError **error, const char *sql, const char *form, ...);
void             limber_statement_free       (LimberStatement *statement);
void             limber_statement_integer    (LimberStatement *statement, int at, gint64 value);
void             limber_statement_text       (LimberStatement *statement, int at, const char *text, gssize length);
void             limber_statement_blob       (LimberStatement *statement, int at, const void *bytes, gsize length);
void             limber_statement_null       (LimberStatement *statement, int at);
void             limber_statement_rewind     (LimberStatement *statement);
int              limber_statement_step       (LimberStatement *statement, GError **error);
gboolean         limber_statement_blob_into  (LimberStatement *statement, int column, void *bytes, gsize length);
char            *limber_statement_dup_text   (LimberStatement *statement, int column);

gint64           limber_database_thing       (LimberDatabase *database, const LimberId *id, gboolean make, GError **error);
gboolean         limber_database_thing_id    (LimberDatabase *database, gint64 n, LimberId *id);
gint64           limber_database_origin      (LimberDatabase *database, const LimberOrigin *origin, int branch, gboolean make, GError **error);
gboolean         limber_database_origin_of   (LimberDatabase *database, gint64 n, LimberOrigin *origin);

gboolean         limber_database_begin       (LimberDatabase *database, GError **error);
gboolean         limber_database_begin_reading (LimberDatabase *database, GError **error);
gboolean         limber_database_commit      (LimberDatabase *database, GError **error);
void             limber_database_checkpoint  (LimberDatabase *database);
void             limber_database_rollback    (LimberDatabase *database);
LimberNumbers   *limber_database_numbers     (LimberDatabase *database);
void             limber_database_forget_numbers (LimberDatabase *database);
GHashTable     **limber_database_erased      (LimberDatabase *database);

char            *limber_database_meta        (LimberDatabase *database, const char *name);
gboolean         limber_database_set_meta    (LimberDatabase *database, const char *name, const char *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberDatabase, limber_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberStatement, limber_statement_free)

G_END_DECLS
