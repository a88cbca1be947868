#include "limber-sim-version.h"

#include <string.h>

#include "limber-common.h"
#include "limber-database.h"
#include "limber-kinds.h"
#include "limber-schema.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static LimberField goal_fields[] = {
  { .name = "patient", .type = LIMBER_TYPE_REFERENCE, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED, .target = "patient" },
  { .name = "text", .type = LIMBER_TYPE_TEXT, .flags = LIMBER_FIELD_REQUIRED },
  { .name = "stage", .type = LIMBER_TYPE_PROGRESS, .flags = LIMBER_FIELD_REQUIRED, .choices = WORDS ("set", "begun", "reached") },
  { .name = "weeks", .type = LIMBER_TYPE_INTEGER, .flags = LIMBER_FIELD_ONCE, .minimum = 0, .maximum = G_MAXINT32 },
};
static LimberKind goal = { .name = "goal", .number = LIMBER_COMMON_KINDS - 1, .patient = "patient", .holders = LIMBER_CLASS_STAFF, .fields = goal_fields, .n_fields = G_N_ELEMENTS (goal_fields) };

static const LimberField pronouns = { .name = "pronouns", .type = LIMBER_TYPE_TEXT, .holders = LIMBER_CLASS_STAFF };

static LimberKind *kinds[LIMBER_COMMON_KINDS];

/* Puts a copy of the kind called @name in its place, with room for one more field, and returns it. */
static LimberKind *
copy_kind (const char *name)
{
  guint at = 0;
  LimberField *fields;

  while (!g_str_equal (kinds[at]->name, name))
    at++;
  fields = g_new0 (LimberField, kinds[at]->n_fields + 1);
  memcpy (fields, kinds[at]->fields, kinds[at]->n_fields * sizeof *fields);
  kinds[at] = g_memdup2 (kinds[at], sizeof *kinds[at]);
  kinds[at]->fields = fields;
  return kinds[at];
}

static void
add_word (LimberKind *kind, const char *name, const char *word)
{
  LimberField *field = (LimberField *) &kind->fields[limber_kind_field (kind, name)];
  guint n = g_strv_length ((char **) field->choices);
  const char **words = g_new0 (const char *, n + 2);

  memcpy (words, field->choices, n * sizeof *words);
  words[n] = word;
  field->choices = words;
}

/**
 * sim_version_present:
 *
 * Returns: (transfer none): what this version declares
 */
const LimberKind *const *
sim_version_present (void)
{
  return (const LimberKind *const *) limber_kinds_declared;
}

/**
 * sim_version_newer:
 *
 * Returns: (transfer none): what the next version declares
 */
const LimberKind *const *
sim_version_newer (void)
{
  LimberKind *patient, *appointment;
  guint n = 0;

  if (kinds[0] != NULL)
    return (const LimberKind *const *) kinds;
  for (; limber_kinds_declared[n] != NULL; n++)
    kinds[n] = limber_kinds_declared[n];
  kinds[n] = &goal;
  patient = copy_kind ("patient");
  ((LimberField *) patient->fields)[patient->n_fields++] = pronouns;
  appointment = copy_kind ("appointment");
  add_word (appointment, "type", "by-video");
  add_word (appointment, "status", "reviewed");
  limber_kinds_prepare (kinds);
  return (const LimberKind *const *) kinds;
}

/**
 * sim_version_is_new:
 * @field: (nullable): a field of @kind
 *
 * Returns: whether only the next version declares it
 */
gboolean
sim_version_is_new (const char *kind, const char *field)
{
  return g_str_equal (kind, goal.name) ? field == NULL || limber_kind_field (&goal, field) >= 0 : g_str_equal (kind, "patient") && g_strcmp0 (field, pronouns.name) == 0;
}

static gboolean
take_step (LimberDatabase *database, GError **error)
{
  g_autofree char *sql = limber_schema_of_kind (&goal);

  return limber_database_integer (database, 0, "SELECT count(*) FROM sqlite_schema WHERE name='goal'", "") > 0 ||
         (limber_database_begin (database, error) && limber_database_run (database, sql, error) &&
          limber_database_run (database, "ALTER TABLE patient ADD COLUMN pronouns TEXT", error) && limber_database_commit (database, error));
}

/**
 * sim_version_bring_up:
 * @declared: what the program declares that is to open it
 * @path: a store's file, or a backup
 *
 * Gives it the form that the program needs, as its step in limber-schema.c would.
 */
gboolean
sim_version_bring_up (const LimberKind *const *declared, const char *path, LimberEnv *env, GError **error)
{
  g_autoptr (LimberDatabase) database = NULL;

  if (declared != sim_version_newer () || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  database = limber_database_open (path, TRUE, env, error);
  return database != NULL && limber_database_untroubled (database, take_step (database, error), error);
}
