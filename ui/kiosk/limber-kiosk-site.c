#include "limber-kiosk-site.h"

#include "limber-exit-code.h"

typedef struct {
  char    *name;
  gboolean has_code;
} Facts;

static gboolean
read_facts (LimberReader *reader, gpointer data, GError **error)
{
  Facts *facts = data;
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  facts->has_code = limber_exit_code_is_set (reader);
  if (!limber_reader_site (reader, &id))
    return TRUE;
  record = limber_reader_get (reader, "site", &id, NULL);
  facts->name = record != NULL ? g_strdup (limber_record_text (record, "name")) : NULL;
  return TRUE;
}

/**
 * limber_kiosk_site_read:
 * @store: the kiosk's
 * @has_code: (out): whether a closing code is set
 *
 * Returns: (transfer full) (nullable): the site's name, %NULL until it is known
 */
char *
limber_kiosk_site_read (LimberStore *store, gboolean *has_code)
{
  Facts facts = { NULL, FALSE };

  limber_store_read (store, read_facts, &facts, NULL);
  *has_code = facts.has_code;
  return facts.name;
}
