#include "limber-common.h"

#include <string.h>

/**
 * limber_common_own:
 *
 * Returns: (transfer full): what this program declares, as limber_common_init() of another reads it: "number.fields,…"
 */
char *
limber_common_own (void)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u.%u", i > 0 ? "," : "", kinds[i]->number, MIN (kinds[i]->n_fields, G_MAXUINT8));
  return g_string_free (text, FALSE);
}

static gboolean
read_number (const char *text, guint64 maximum, guint *number)
{
  guint64 read;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, maximum, &read, NULL))
    return FALSE;
  *number = (guint) read;
  return TRUE;
}

/**
 * limber_common_init:
 * @common: (out caller-allocates): what this program and another both declare
 * @theirs: (nullable): what the other declares; %NULL when it is of this version. What cannot be read is not common
 */
void
limber_common_init (LimberCommon *common, const char *theirs)
{
  g_autofree char *own = limber_common_own ();
  g_auto (GStrv) parts = g_strsplit (theirs != NULL ? theirs : own, ",", LIMBER_COMMON_KINDS + 1);

  memset (common, 0, sizeof *common);
  common->same = theirs == NULL || g_str_equal (theirs, own);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (parts[i], ".", 2);
    guint number, fields;
    const LimberKind *kind;

    if (!read_number (pair[0], LIMBER_COMMON_KINDS - 1, &number) || !read_number (pair[1], G_MAXUINT8, &fields))
      continue;
    kind = limber_kind_by_number (number);
    common->fields[number] = (guint8) (kind != NULL ? MIN (fields, kind->n_fields) : 0);
  }
}

/**
 * limber_common_has:
 *
 * Returns: whether both declare any of @kind
 */
gboolean
limber_common_has (const LimberCommon *common, const LimberKind *kind)
{
  return common->fields[kind->number] > 0;
}

/**
 * limber_common_has_all:
 *
 * Returns: whether the other declares all that this program does of @kind
 */
gboolean
limber_common_has_all (const LimberCommon *common, const LimberKind *kind)
{
  return common->fields[kind->number] == kind->n_fields;
}

/**
 * limber_common_has_any:
 * @klass: whose view of the record
 *
 * Returns: whether there is such a record for the other
 */
gboolean
limber_common_has_any (const LimberCommon *common, const LimberRecord *record, LimberClass klass)
{
  return limber_record_has_any (record, common->fields[record->kind->number], klass);
}

/**
 * limber_common_restrict:
 * @record: (inout): loses what is not common
 */
void
limber_common_restrict (const LimberCommon *common, LimberRecord *record)
{
  for (guint i = common->fields[record->kind->number]; i < record->kind->n_fields; i++)
    limber_record_unset (record, i);
}

/**
 * limber_common_complete:
 * @record: (inout): as the other has it; gets what that one cannot know
 * @held: as it is here
 */
void
limber_common_complete (const LimberCommon *common, LimberRecord *record, const LimberRecord *held)
{
  for (guint i = common->fields[record->kind->number]; i < record->kind->n_fields; i++) {
    limber_value_copy (&record->values[i], &held->values[i]);
    record->stamps[i] = held->stamps[i];
  }
}
