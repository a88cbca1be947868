#include "limber-changes.h"

G_DEFINE_BOXED_TYPE (LimberChanges, limber_changes, limber_changes_ref, limber_changes_unref)

/**
 * limber_changes_new:
 *
 * Returns: (transfer full): no changes
 */
LimberChanges *
limber_changes_new (void)
{
  LimberChanges *changes = g_new0 (LimberChanges, 1);

  g_atomic_ref_count_init (&changes->refs);
  changes->records = g_array_new (FALSE, FALSE, sizeof (LimberChanged));
  changes->origins = g_array_new (FALSE, FALSE, sizeof (gint64));
  return changes;
}

LimberChanges *
limber_changes_ref (LimberChanges *changes)
{
  g_atomic_ref_count_inc (&changes->refs);
  return changes;
}

void
limber_changes_unref (LimberChanges *changes)
{
  if (!g_atomic_ref_count_dec (&changes->refs))
    return;
  g_array_unref (changes->records);
  g_array_unref (changes->origins);
  g_free (changes);
}

/**
 * limber_changes_add:
 *
 * Notes that the record of @kind with @id changed, came or went.
 */
void
limber_changes_add (LimberChanges *changes, const LimberKind *kind, const LimberId *id)
{
  LimberChanged changed = { kind, *id };

  changes->kinds |= G_GUINT64_CONSTANT (1) << kind->number;
  if (changes->many)
    return;
  if (changes->records->len >= LIMBER_CHANGES_KEPT) {
    g_array_set_size (changes->records, 0);
    changes->many = TRUE;
    return;
  }
  g_array_append_val (changes->records, changed);
}

/**
 * limber_changes_add_origin:
 * @origin: its number
 *
 * Notes that a chain grew, or that central has more of it.
 */
void
limber_changes_add_origin (LimberChanges *changes, gint64 origin)
{
  changes->journal = TRUE;
  for (guint i = 0; i < changes->origins->len; i++)
    if (g_array_index (changes->origins, gint64, i) == origin)
      return;
  if (changes->many_origins || changes->origins->len >= LIMBER_CHANGES_ORIGINS) {
    g_array_set_size (changes->origins, 0);
    changes->many_origins = TRUE;
    return;
  }
  g_array_append_val (changes->origins, origin);
}

/**
 * limber_changes_merge:
 *
 * Adds @other's changes to @changes.
 */
void
limber_changes_merge (LimberChanges *changes, const LimberChanges *other)
{
  for (guint i = 0; i < other->records->len; i++) {
    const LimberChanged *changed = &g_array_index (other->records, LimberChanged, i);

    limber_changes_add (changes, changed->kind, &changed->id);
  }
  for (guint i = 0; i < other->origins->len; i++)
    limber_changes_add_origin (changes, g_array_index (other->origins, gint64, i));
  if (other->many_origins) {
    changes->many_origins = TRUE;
    g_array_set_size (changes->origins, 0);
  }
  changes->kinds |= other->kinds;
  changes->journal |= other->journal;
  if (other->many) {
    changes->many = TRUE;
    g_array_set_size (changes->records, 0);
  }
}

/**
 * limber_changes_has_kind:
 *
 * Returns: whether any record of @kind changed
 */
gboolean
limber_changes_has_kind (const LimberChanges *changes, const char *kind)
{
  const LimberKind *found = limber_kind_by_name (kind);

  return found != NULL && (changes->kinds >> found->number & 1) != 0;
}
