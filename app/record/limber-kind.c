#include "limber-kind.h"

#include <string.h>

#include "limber-kinds.h"

static const struct {
  LimberClass klass;
  const char *name;
} classes[] = {
  { LIMBER_CLASS_CENTRAL, "central" }, { LIMBER_CLASS_HUB, "hub" },     { LIMBER_CLASS_DESK, "desk" },     { LIMBER_CLASS_CLINIC, "clinic" },
  { LIMBER_CLASS_KIOSK, "kiosk" },     { LIMBER_CLASS_BOARD, "board" }, { LIMBER_CLASS_OFFICE, "office" },
};

/* How a field merges follows from what it is, so that it cannot be declared wrongly. */
static void
set_merge (LimberKind *kind)
{
  LimberField *fields = (LimberField *) kind->fields;

  for (guint i = 0; i < kind->n_fields; i++)
    fields[i].merge = kind->write_once || (fields[i].flags & LIMBER_FIELD_ONCE) ? LIMBER_MERGE_ONCE
                      : fields[i].type == LIMBER_TYPE_PROGRESS                  ? LIMBER_MERGE_ORDERED
                                                                                : LIMBER_MERGE_PLAIN;
}

/**
 * limber_kinds_prepare:
 * @kinds: (inout): declarations, %NULL-ended
 */
void
limber_kinds_prepare (LimberKind *const *kinds)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    set_merge (kinds[i]);
}

#ifdef LIMBER_TEST_HOOKS
static const LimberKind *const *in_force = (const LimberKind *const *) limber_kinds_declared;

/**
 * limber_kinds_use:
 * @kinds: declarations, %NULL-ended, that last for ever
 *
 * In a simulator of programs of several versions: what the program declares that goes on now.
 */
void
limber_kinds_use (const LimberKind *const *kinds)
{
  if (in_force != kinds) /* where there is one version nobody writes what another thread reads */
    in_force = kinds;
}
#else
#define in_force ((const LimberKind *const *) limber_kinds_declared)
#endif

/**
 * limber_kinds:
 * @n: (out) (optional): how many
 *
 * Returns: (transfer none): every kind that is declared, in the order in which a list of them is best read
 */
const LimberKind *const *
limber_kinds (guint *n)
{
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    limber_kinds_prepare (limber_kinds_declared);
    g_once_init_leave (&ready, 1);
  }
  if (n != NULL)
    for (*n = 0; in_force[*n] != NULL; ++*n)
      ;
  return in_force;
}

/**
 * limber_kind_by_name:
 *
 * Returns: (transfer none) (nullable): the kind of that name
 */
const LimberKind *
limber_kind_by_name (const char *name)
{
  const LimberKind *const *kinds = limber_kinds (NULL);

  for (guint i = 0; kinds[i] != NULL; i++)
    if (name != NULL && kinds[i]->name[0] == name[0] && strcmp (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}

/**
 * limber_kind_by_number:
 *
 * Returns: (transfer none) (nullable): the kind of that number
 */
const LimberKind *
limber_kind_by_number (guint number)
{
  const LimberKind *const *kinds = limber_kinds (NULL);

  for (guint i = 0; kinds[i] != NULL; i++)
    if (kinds[i]->number == number)
      return kinds[i];
  return NULL;
}

/**
 * limber_kind_field:
 *
 * Returns: where the field called @name stands in @kind, -1 when it has none
 */
int
limber_kind_field (const LimberKind *kind, const char *name)
{
  for (guint i = 0; name != NULL && i < kind->n_fields; i++)
    if (kind->fields[i].name[0] == name[0] && strcmp (kind->fields[i].name, name) == 0)
      return (int) i;
  return -1;
}

/**
 * limber_kind_key:
 *
 * Returns: (transfer none) (nullable): the field that people name a record of this kind by
 */
const LimberField *
limber_kind_key (const LimberKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].flags & LIMBER_FIELD_KEY)
      return &kind->fields[i];
  return NULL;
}

/**
 * limber_kind_held_by:
 *
 * Returns: whether a device of @klass may hold records of @kind
 */
gboolean
limber_kind_held_by (const LimberKind *kind, LimberClass klass)
{
  return (kind->holders & klass) != 0;
}

/**
 * limber_kind_writable_by:
 *
 * Returns: whether a device of @klass may write records of @kind, whether it holds them or not
 */
gboolean
limber_kind_writable_by (const LimberKind *kind, LimberClass klass)
{
  return !kind->computed && ((kind->authors != 0 ? kind->authors : kind->holders | kind->writers) & klass) != 0;
}

/**
 * limber_kind_projected_for:
 *
 * Returns: whether a device of @klass holds fewer, or other, fields of @kind than central does
 */
gboolean
limber_kind_projected_for (const LimberKind *kind, LimberClass klass)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (limber_field_is_stored (&kind->fields[i]) &&
        limber_field_held_by (&kind->fields[i], kind, klass) != limber_field_held_by (&kind->fields[i], kind, LIMBER_CLASS_CENTRAL))
      return TRUE;
  return FALSE;
}

/**
 * limber_class_name:
 *
 * Returns: (transfer none): the word for @klass on the command line and on the wire
 */
const char *
limber_class_name (LimberClass klass)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i].klass == klass)
      return classes[i].name;
  return "none";
}

/**
 * limber_class_parse:
 * @name: (nullable): a word as limber_class_name() gives it
 * @klass: (out): the class
 *
 * Returns: whether @name is a class
 */
gboolean
limber_class_parse (const char *name, LimberClass *klass)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i].name, name) == 0) {
      *klass = classes[i].klass;
      return TRUE;
    }
  return FALSE;
}
