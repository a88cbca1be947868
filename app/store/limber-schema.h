/* The tables: made from the kinds' declarations, and brought forward one version at a time. Private to app/store. */
#pragma once

#include "limber-database.h"
#include "limber-kind.h"

G_BEGIN_DECLS

#define LIMBER_SCHEMA_VERSION 1
#define LIMBER_SCHEMA_APPLICATION 0x4c4d4252 /* "LMBR" */

gboolean limber_schema_prepare  (LimberDatabase *database, const char *path, GError **error);
int      limber_schema_version  (LimberDatabase *database);
gboolean limber_schema_check    (LimberDatabase *database, GError **error);
char    *limber_schema_of_kind  (const LimberKind *kind);

G_END_DECLS
