#include "limber-kiosk-site.h"

#include "limber-exit-code.h"

static gboolean
read_site (LimberReader *reader, gpointer data, GError **error)
{
  LimberKioskSite *site = data;
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  site->has_code = limber_exit_code_is_set (reader);
  if (!limber_reader_site (reader, &id))
    return TRUE;
  record = limber_reader_get (reader, "site", &id, NULL);
  site->name = record != NULL ? g_strdup (limber_record_text (record, "name")) : NULL;
  site->languages = record != NULL ? g_strdup (limber_record_text (record, "languages")) : NULL;
  return TRUE;
}

/**
 * limber_kiosk_site_learn:
 * @store: the kiosk's store
 *
 * Reads everything afresh.
 *
 * Returns: whether the name is another than before
 */
gboolean
limber_kiosk_site_learn (LimberKioskSite *site, LimberStore *store)
{
  g_autofree char *before = g_steal_pointer (&site->name);

  limber_kiosk_site_clear (site);
  limber_store_read (store, read_site, site, NULL);
  return g_strcmp0 (before, site->name) != 0;
}

void
limber_kiosk_site_clear (LimberKioskSite *site)
{
  g_clear_pointer (&site->name, g_free);
  g_clear_pointer (&site->languages, g_free);
  site->has_code = FALSE;
}
