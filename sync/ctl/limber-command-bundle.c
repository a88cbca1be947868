/* bundle: what a store, its node and its machine are like, without anything of any person, in one file. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-ask.h"
#include "limber-bundle.h"
#include "limber-commands.h"
#include "limber-error.h"
#include "limber-fleet.h"
#include "limber-json.h"
#include "limber-machine.h"
#include "limber-nginx.h"
#include "limber-status.h"
#include "limber-survey.h"
#include "limber-trace.h"

#define CONFIGURATION "/etc/limber"

/* What is known of a store that can be read. */
typedef struct {
  LimberVitals vitals;
  json_t *status, *form, *chains, *waiting, *clocks, *fleet; /* (owned) (nullable) */
} Found;

static void
found_clear (Found *found)
{
  g_clear_pointer (&found->status, json_decref);
  g_clear_pointer (&found->form, json_decref);
  g_clear_pointer (&found->chains, json_decref);
  g_clear_pointer (&found->waiting, json_decref);
  g_clear_pointer (&found->clocks, json_decref);
  g_clear_pointer (&found->fleet, json_decref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static gboolean
read_found (LimberReader *reader, gpointer data, GError **error)
{
  LimberErrand *errand = ((gpointer *) data)[0];
  Found *found = ((gpointer *) data)[1];
  const LimberIdentity *identity = limber_store_identity (errand->store);

  found->status = limber_status_json (reader, NULL);
  found->form = limber_survey_form (reader, NULL);
  found->chains = limber_survey_chains (reader, NULL);
  found->waiting = limber_survey_waiting (reader, NULL);
  found->clocks = limber_clocks_json (reader, NULL);
  found->fleet = identity->klass & LIMBER_CLASS_NODES ? limber_fleet_json (reader, &identity->device, &found->vitals, LIMBER_VERSION, NULL) : NULL;
  return TRUE;
}

/* Of a status, what is known to be no text of anybody's: an address may have a password in it. */
static json_t *
status_told (const json_t *status)
{
  static const char *const names[] = { "device", "name", "class", "site", "epoch", "entries", "pending", "received", "backed_up", "conflicts", "quarantined", "branches", "marked",
                                       "last_sync", "last_backup", "peer", "clock" };
  json_t *told = json_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set (told, names[i], json_object_get (status, names[i]));
  return told;
}

static json_t *
vitals_told (const LimberVitals *vitals)
{
  return json_pack ("{s:I, s:I, s:I, s:I, s:I, s:b}", "entries", (json_int_t) vitals->entries, "devices", (json_int_t) vitals->devices, "store_bytes", (json_int_t) vitals->store_bytes, "log_bytes",
                    (json_int_t) vitals->log_bytes, "free_bytes", (json_int_t) vitals->free_bytes, "second_in_place", vitals->second_in_place);
}

static void
add_store (LimberBundle *bundle, Found *found)
{
  limber_bundle_add_json (bundle, "status.json", _("how the store is and how far it is synced"), status_told (found->status));
  limber_bundle_add_json (bundle, "vitals.json", _("how large it is, and how much room there is"), vitals_told (&found->vitals));
  limber_bundle_add_json (bundle, "form.json", _("the form of its file, a quick check of it, and how many rows each table has"), g_steal_pointer (&found->form));
  limber_bundle_add_json (bundle, "chains.json", _("how many changes of each device the journal has, and how far central has them"), g_steal_pointer (&found->chains));
  limber_bundle_add_json (bundle, "waiting.json", _("how many changes and conflicts wait for a decision, by why and by field; how many joining codes are unused"), g_steal_pointer (&found->waiting));
  limber_bundle_add_json (bundle, "clocks.json", _("which devices wrote while their clock was wrong"), g_steal_pointer (&found->clocks));
  if (found->fleet != NULL)
    limber_bundle_add_json (bundle, "fleet.json", _("the devices: name, class, site, when each was seen, and how it was"), g_steal_pointer (&found->fleet));
}

static void
add_node (LimberBundle *bundle, const char *dir, const char *folder)
{
  g_autofree char *health = limber_ask_page (dir, "/health"), *metrics = limber_ask_page (dir, "/metrics"), *path = g_build_filename (folder, "nginx.conf", NULL), *nginx = NULL;
  g_autofree char *form = limber_nginx_form (), *log = limber_machine_log ();

  if (health != NULL)
    limber_bundle_add_text (bundle, "health.json", _("what the running node says of its health"), health);
  if (metrics != NULL)
    limber_bundle_add_text (bundle, "metrics.txt", _("the running node's figures"), metrics);
  if (g_file_get_contents (path, &nginx, NULL, NULL) && form != NULL) {
    g_autofree char *told = limber_trace_nginx (nginx, form);

    limber_bundle_add_text (bundle, "nginx.txt", _("the configuration of its nginx: the directives that Limber writes, without paths and names"), told);
  }
  limber_bundle_add_text (bundle, "log.txt", _("the last lines of its log: times, words and figures, without any message's text"), log);
}

static LimberBundle *
gather (LimberErrand *errand, GError **error)
{
  g_autoptr (LimberBundle) bundle = limber_bundle_new ();
  g_auto (Found) found = { 0 };
  const char *folder = limber_errand_has (errand, "config") ? limber_errand_option (errand, "config") : CONFIGURATION;
  gpointer data[] = { errand, &found };

  if (!limber_vitals_read (errand->store, &found.vitals, error) || !limber_store_read (errand->store, read_found, data, error))
    return NULL;
  limber_bundle_add_json (bundle, "versions.json", _("which Limber this is, on what system"), limber_machine_versions ());
  limber_bundle_add_json (bundle, "machine.json", _("disk, memory, load and clock of the machine"), limber_machine_state (errand->dir));
  limber_bundle_add_json (bundle, "files.json", _("which files of Limber's there are, how large and whose; nothing of what is in them"), limber_machine_files (errand->dir, folder));
  add_store (bundle, &found);
  add_node (bundle, errand->dir, folder);
  return g_steal_pointer (&bundle);
}

/* bundle FILE [--config FOLDER] */
gboolean
limber_command_bundle (LimberErrand *errand, GError **error)
{
  const char *file = limber_errand_word (errand, 0);
  g_autoptr (LimberBundle) bundle = gather (errand, error);
  g_autofree char *contents = NULL;

  if (bundle == NULL || !limber_bundle_write (bundle, file, limber_env_now (errand->env), error))
    return FALSE;
  contents = limber_bundle_contents (bundle);
  limber_errand_take (errand, json_pack ("{s:s}", "file", file));
  g_string_printf (errand->text, _("%s has what follows, and nothing of any person. Read it before you send it.\n\n%s"), file, contents);
  return TRUE;
}
