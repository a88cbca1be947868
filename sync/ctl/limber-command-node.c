/* node-config: what stands between a node and the network. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-certificate.h"
#include "limber-commands.h"
#include "limber-error.h"
#include "limber-nginx.h"

/* Returns: (transfer full) (nullable): the names in @text, or this machine's */
static char **
read_hosts (const char *text, GError **error)
{
  const char *own = limber_certificate_is_host (g_get_host_name ()) ? g_get_host_name () : "localhost";
  g_auto (GStrv) hosts = g_strsplit (text != NULL ? text : own, ",", -1);

  for (guint i = 0; hosts[i] != NULL; i++)
    if (!limber_certificate_is_host (hosts[i])) {
      limber_errand_usage (error, _("“%s” is neither the name of a machine nor an address. Several are written with commas between them: --name HOST,HOST"), hosts[i]);
      return NULL;
    }
  if (hosts[0] == NULL) {
    limber_errand_usage (error, _("Say what it is called: --name NAME"));
    return NULL;
  }
  return g_steal_pointer (&hosts);
}

/* A path among the options means what it means where limberctl is called. */
static char *
path_option (LimberErrand *errand, const char *name)
{
  const char *path = limber_errand_option (errand, name);

  return path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
}

static gboolean
set_certificate (LimberErrand *errand, LimberNginx *nginx, GError **error)
{
  g_autofree char *certificate = path_option (errand, "certificate"), *key = path_option (errand, "key");

  if (certificate == NULL && key == NULL)
    return TRUE;
  if (certificate == NULL || key == NULL)
    return limber_errand_usage (error, _("--certificate FILE and --key FILE belong together"));
  return limber_nginx_set_certificate (nginx, certificate, key, error);
}

static LimberNginx *
read_options (LimberErrand *errand, GError **error)
{
  g_autoptr (LimberNginx) nginx = limber_nginx_new (limber_errand_word (errand, 0), error);
  g_autofree char *socket = path_option (errand, "socket");
  const char *listen = limber_errand_option (errand, "listen"), *per_address = limber_errand_option (errand, "per-address");

  if (nginx == NULL || !limber_nginx_set_listen (nginx, listen != NULL ? listen : "443", error) || !limber_nginx_set_socket (nginx, socket != NULL ? socket : nginx->socket, error) || !set_certificate (errand, nginx, error) ||
      !limber_nginx_set_user (nginx, limber_errand_option (errand, "user"), errand->dir, error) || (per_address != NULL && !limber_nginx_set_per_address (nginx, per_address, error)))
    return NULL;
  return g_steal_pointer (&nginx);
}

static void
answer (LimberErrand *errand, LimberNginx *nginx, gboolean made)
{
  json_t *listen = json_array ();
  g_autofree char *places = NULL;

  g_ptr_array_add (nginx->listen, NULL);
  places = g_strjoinv (", ", (char **) nginx->listen->pdata);
  for (guint i = 0; nginx->listen->pdata[i] != NULL; i++)
    json_array_append_new (listen, json_string (nginx->listen->pdata[i]));
  limber_errand_take (errand, json_pack ("{s:s, s:s, s:s, s:b, s:s, s:s, s:o, s:s?, s:s?, s:i}", "configuration", nginx->configuration, "certificate", nginx->certificate, "key", nginx->key, "made_certificate",
                                         made, "socket", nginx->socket, "log", nginx->log, "listen", listen, "user", nginx->user, "group", nginx->group, "per_address", (int) nginx->per_address));
  g_string_printf (errand->text, _("%s is written, and nginx has checked it. It listens at %s.\n"), nginx->configuration, places);
  if (made)
    g_string_append_printf (errand->text, _("A certificate was made: %s\n"), nginx->certificate);
  g_string_append_printf (errand->text, _("Say where devices reach it, so that joining codes carry that: limberctl --store %s address https://HOST\n"), errand->dir);
  g_string_append_printf (errand->text, _("Now start both:\n  limber-node --store %s --socket %s\n  nginx -c %s\n"), errand->dir, nginx->socket, nginx->configuration);
}

/* node-config FOLDER [--listen [ADDRESS:]PORT] [--name HOST,…] [--socket PATH] [--certificate FILE --key FILE] [--user NAME[:GROUP]] [--per-address N] */
gboolean
limber_command_node_config (LimberErrand *errand, GError **error)
{
  g_autoptr (LimberNginx) nginx = NULL;
  g_auto (GStrv) hosts = NULL;
  gboolean made = FALSE;

  if (!(limber_store_identity (errand->store)->klass & LIMBER_CLASS_NODES))
    return limber_error_refuse (error, _("Only central and a hub are asked over a network; this store is a device's"));
  nginx = read_options (errand, error);
  hosts = nginx != NULL ? read_hosts (limber_errand_option (errand, "name"), error) : NULL;
  if (hosts == NULL || (!limber_errand_has (errand, "certificate") && !limber_nginx_make_certificate (nginx, (const char *const *) hosts, errand->env, &made, error)))
    return FALSE;
  if (!limber_nginx_write (nginx, error) || !limber_nginx_make_socket_folder (nginx, errand->dir, error))
    return FALSE;
  answer (errand, nginx, made);
  return TRUE;
}
