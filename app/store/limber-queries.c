#include "limber-queries.h"

static const LimberQuery queries[] = {
  { "sites", "site", "SELECT n AS \"id:site\", code, name, kind FROM site ORDER BY code" },
  { "open-conflicts-of-field", "conflict", "SELECT entry AS \"id:entry\" FROM conflict WHERE record=? AND field=? AND state=0" },
  { "open-conflicts", "conflict", "SELECT n AS \"id:conflict\", kind, record AS \"id:record\", field, value, patient AS \"id:patient\", author, made FROM conflict WHERE state=0 ORDER BY made" },
  { "count-open-conflicts", "conflict", "SELECT count(*) AS n FROM conflict WHERE state=0" },
  { "count-quarantined", "", "SELECT count(*) AS n FROM quarantine" },
};

/**
 * limber_query_find:
 *
 * Returns: (transfer none) (nullable): the query called @name
 */
const LimberQuery *
limber_query_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    if (g_str_equal (queries[i].name, name))
      return &queries[i];
  return NULL;
}
