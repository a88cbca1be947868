/* Central with a folder of lists, for the tests of import. */
#pragma once

#include "limber-import.h"
#include "limber-json.h"
#include "limber-test.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;   /* of the store */
  char        *lists; /* of the lists */
  LimberStore *store;
} ImportFixture;

void          import_set_up         (ImportFixture *fixture, gconstpointer data);
void          import_tear_down      (ImportFixture *fixture, gconstpointer data);
void          import_put            (ImportFixture *fixture, const char *name, const char *text);
void          import_put_bytes      (ImportFixture *fixture, const char *name, const char *bytes, gsize length);
void          import_put_patients   (ImportFixture *fixture, const char *rows);
json_t       *import_run            (ImportFixture *fixture, const LimberImportPlan *plan);
json_t       *import_from           (ImportFixture *fixture, const char *dir, gboolean dry_run);
json_t       *import_lists          (ImportFixture *fixture);
gint64        import_counted        (json_t *report, const char *file, const char *what);
gint64        import_sum            (json_t *report, const char *what);
void          import_assert_problem (json_t *report, const char *file, int line, const char *column, const char *why, gboolean taken);
void          import_assert_note    (json_t *report, const char *file, const char *column, const char *words);
LimberRecord *import_find           (ImportFixture *fixture, const char *kind, const char *key);
guint         import_count          (ImportFixture *fixture, const char *kind);
void          import_staff_set      (ImportFixture *fixture, const char *kind, const LimberId *id, const char *field, const char *text);
