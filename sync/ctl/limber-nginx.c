/* The text is a file of ours (resources/nginx/nginx.conf) with @names@ in it. nginx has the last word on what was written, before
 * it takes the place of what was there. */
#include "limber-nginx.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "limber-cause.h"
#include "limber-certificate.h"
#include "limber-errand.h"
#include "limber-error.h"
#include "limber-nginx-resources.h"
#include "limber-pack.h"

#define TEMPLATE "/org/limber/nginx/nginx.conf"
#define BODY_MAXIMUM (LIMBER_PACK_MAXIMUM + 1024) /* what seals a body comes on top */
#define SOCKET_MAXIMUM 107                        /* bytes, unix(7) */
#define BURST 3                                   /* seconds' worth of requests that may come at once */

/* Between quotes only these mean something to nginx. */
static gboolean
check_path (const char *path, GError **error)
{
  gboolean fine = g_path_is_absolute (path) && g_utf8_validate (path, -1, NULL);

  for (const char *p = path; fine && *p != '\0'; p++)
    fine = !g_ascii_iscntrl (*p) && strchr ("\"\\$", *p) == NULL;
  return fine || limber_errand_usage (error, _("%s: a path for nginx begins with / and has no quotation mark, backslash, dollar sign or control character"), path);
}

/* What is installed keeps what changes where the system has it, and not in /etc; the units name the same places. */
static void
choose_places (LimberNginx *nginx)
{
  const char *folder = nginx->folder;

  nginx->installed = g_str_has_prefix (folder, "/etc/");
  nginx->configuration = g_build_filename (folder, "nginx.conf", NULL);
  nginx->certificate = g_build_filename (folder, "certificate.pem", NULL);
  nginx->key = g_build_filename (folder, "key.pem", NULL);
  nginx->socket = nginx->installed ? g_strdup ("/run/limber/node.sock") : g_build_filename (folder, "node.sock", NULL);
  nginx->pid = nginx->installed ? g_strdup ("/run/limber-nginx/nginx.pid") : g_build_filename (folder, "nginx.pid", NULL);
  nginx->temporary = nginx->installed ? g_strdup ("/var/lib/limber-nginx") : g_build_filename (folder, "temporary", NULL);
  nginx->log = nginx->installed ? g_strdup ("/var/log/limber-nginx/nginx.log") : g_build_filename (folder, "nginx.log", NULL);
}

/**
 * limber_nginx_new:
 * @folder: where the configuration will be, an absolute path; below /etc the places of a system are used for what changes
 * @error: LIMBER_ERROR_USAGE
 *
 * Returns: (transfer full) (nullable): a configuration; where to listen is still to be set
 */
LimberNginx *
limber_nginx_new (const char *folder, GError **error)
{
  LimberNginx *nginx;

  if (!check_path (folder, error))
    return NULL;
  nginx = g_new0 (LimberNginx, 1);
  nginx->folder = g_strdup (folder);
  nginx->listen = g_ptr_array_new_with_free_func (g_free);
  nginx->per_address = LIMBER_NGINX_PER_ADDRESS;
  choose_places (nginx);
  return nginx;
}

void
limber_nginx_free (LimberNginx *nginx)
{
  g_free (nginx->folder);
  g_free (nginx->configuration);
  g_free (nginx->pid);
  g_free (nginx->temporary);
  g_free (nginx->log);
  g_free (nginx->socket);
  g_free (nginx->certificate);
  g_free (nginx->key);
  g_ptr_array_unref (nginx->listen);
  g_free (nginx->user);
  g_free (nginx->group);
  g_free (nginx);
}

static gboolean
machine_has_ipv6 (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (any, 0);

  return socket != NULL && g_socket_bind (socket, address, FALSE, NULL);
}

static void
add_listen (LimberNginx *nginx, GInetAddress *address, const char *port)
{
  g_autofree char *text = g_inet_address_to_string (address);
  gboolean colons = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  g_ptr_array_add (nginx->listen, g_strconcat (colons ? "[" : "", text, colons ? "]:" : ":", port, NULL));
}

/**
 * limber_nginx_set_listen:
 * @text: PORT, for all of this machine's addresses, or ADDRESS:PORT, an IPv6 address in brackets
 * @error: LIMBER_ERROR_USAGE
 */
gboolean
limber_nginx_set_listen (LimberNginx *nginx, const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  gsize length = colon != NULL ? (gsize) (colon - text) : 0;
  gboolean brackets = length > 2 && text[0] == '[' && text[length - 1] == ']';
  g_autofree char *host = brackets ? g_strndup (text + 1, length - 2) : g_strndup (text, length), *port = NULL;
  g_autoptr (GInetAddress) address = colon != NULL ? g_inet_address_new_from_string (host) : g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);
  guint64 number;

  if (address == NULL || brackets != (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6) || !g_ascii_string_to_unsigned (colon != NULL ? colon + 1 : text, 10, 1, 65535, &number, NULL))
    return limber_errand_usage (error, _("%s is no place to listen at: say a port, 1 to 65535, or an address and a port as 10.0.0.5:443 or [fd00::5]:443"), text);
  port = g_strdup_printf ("%u", (guint) number);
  g_ptr_array_set_size (nginx->listen, 0);
  add_listen (nginx, address, port);
  if (colon == NULL && machine_has_ipv6 ()) {
    g_autoptr (GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);

    add_listen (nginx, any, port);
  }
  return TRUE;
}

/**
 * limber_nginx_set_socket:
 * @path: where limber-node listens
 * @error: LIMBER_ERROR_USAGE
 */
gboolean
limber_nginx_set_socket (LimberNginx *nginx, const char *path, GError **error)
{
  g_autofree char *chosen = g_strdup (path);

  if (!check_path (path, error))
    return FALSE;
  if (strlen (path) > SOCKET_MAXIMUM)
    return limber_errand_usage (error, _("%s is too long for a socket: 107 letters at most. Say a shorter one: --socket PATH"), path);
  g_free (nginx->socket);
  nginx->socket = g_steal_pointer (&chosen);
  return TRUE;
}

/**
 * limber_nginx_set_certificate:
 * @certificate: path of a certificate chain in PEM
 * @key: path of its key in PEM
 * @error: LIMBER_ERROR_USAGE
 */
gboolean
limber_nginx_set_certificate (LimberNginx *nginx, const char *certificate, const char *key, GError **error)
{
  if (!check_path (certificate, error) || !check_path (key, error))
    return FALSE;
  g_free (nginx->certificate);
  g_free (nginx->key);
  nginx->certificate = g_strdup (certificate);
  nginx->key = g_strdup (key);
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  return g_regex_match_simple ("\\A[A-Za-z_][A-Za-z0-9_.-]{0,31}\\z", text, 0, 0);
}

/* The node makes its socket for its own group. */
static char *
group_of (const char *store)
{
  GStatBuf info;
  struct group *group = g_stat (store, &info) == 0 ? getgrgid (info.st_gid) : NULL;

  return group != NULL && is_name (group->gr_name) ? g_strdup (group->gr_name) : NULL;
}

/* The user whom the units have; every Debian has the other one. */
static const char *
root_user (void)
{
  return getpwnam ("limber-nginx") != NULL ? "limber-nginx" : "www-data";
}

/**
 * limber_nginx_set_user:
 * @text: (nullable): NAME or NAME:GROUP, whom nginx's workers are when root starts it; %NULL for what suits whoever calls
 * @store: the folder of the node's store: its group is the node's, and may use the node's socket
 * @error: LIMBER_ERROR_USAGE
 */
gboolean
limber_nginx_set_user (LimberNginx *nginx, const char *text, const char *store, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (text == NULL && geteuid () != 0)
    return TRUE;
  parts = g_strsplit (text != NULL ? text : root_user (), ":", 2);
  if (parts[0] == NULL || !is_name (parts[0]) || getpwnam (parts[0]) == NULL)
    return limber_errand_usage (error, _("There is no user “%s” on this machine"), parts[0] != NULL ? parts[0] : "");
  if (parts[1] != NULL && (!is_name (parts[1]) || getgrnam (parts[1]) == NULL))
    return limber_errand_usage (error, _("There is no group “%s” on this machine"), parts[1]);
  g_free (nginx->user);
  g_free (nginx->group);
  nginx->user = g_strdup (parts[0]);
  nginx->group = parts[1] != NULL ? g_strdup (parts[1]) : group_of (store);
  return TRUE;
}

/**
 * limber_nginx_set_per_address:
 * @text: how many requests and open lines one address may have at once, and how many requests it may make a second
 * @error: LIMBER_ERROR_USAGE
 */
gboolean
limber_nginx_set_per_address (LimberNginx *nginx, const char *text, GError **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, LIMBER_NGINX_PER_ADDRESS_MAXIMUM, &number, NULL))
    return limber_errand_usage (error, _("--per-address %s: it is a number from 1 to 2000"), text);
  nginx->per_address = (guint) number;
  return TRUE;
}

static char *
user_line (LimberNginx *nginx)
{
  if (nginx->user == NULL)
    return g_strdup ("# Its workers are whoever starts it.");
  return nginx->group != NULL ? g_strdup_printf ("user \"%s\" \"%s\";", nginx->user, nginx->group) : g_strdup_printf ("user \"%s\";", nginx->user);
}

static char *
listen_lines (LimberNginx *nginx)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < nginx->listen->len; i++)
    g_ptr_array_add (lines, g_strdup_printf ("    listen %s ssl default_server backlog=1024 so_keepalive=30s:10s:3;", (const char *) nginx->listen->pdata[i]));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Returns: (transfer full): what stands for @name in the text */
static char *
value_of (LimberNginx *nginx, const char *name)
{
  const struct {
    const char *name, *value;
  } texts[] = {
    { "configuration", nginx->configuration }, { "pid", nginx->pid }, { "log", nginx->log }, { "temporary", nginx->temporary },
    { "socket", nginx->socket }, { "certificate", nginx->certificate }, { "key", nginx->key },
  };
  const struct {
    const char *name;
    guint       value;
  } numbers[] = {
    { "body_maximum", BODY_MAXIMUM }, { "per_address", nginx->per_address }, { "burst", BURST * nginx->per_address },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].name, name))
      return g_strdup (texts[i].value);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (numbers[i].name, name))
      return g_strdup_printf ("%u", numbers[i].value);
  if (g_str_equal (name, "user"))
    return user_line (nginx);
  g_assert (g_str_equal (name, "listen"));
  return listen_lines (nginx);
}

/**
 * limber_nginx_form:
 *
 * Returns: (transfer full): what a configuration is made from
 */
char *
limber_nginx_form (void)
{
  g_autoptr (GBytes) template = g_resource_lookup_data (limber_nginx_get_resource (), TEMPLATE, 0, NULL);
  gsize length;
  const char *bytes = g_bytes_get_data (template, &length);

  return g_strndup (bytes, length);
}

/**
 * limber_nginx_to_text:
 *
 * Returns: (transfer full): the configuration
 */
char *
limber_nginx_to_text (LimberNginx *nginx)
{
  g_autofree char *all = limber_nginx_form ();
  g_auto (GStrv) parts = g_strsplit (all, "@", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *value = i % 2 == 1 ? value_of (nginx, parts[i]) : g_strdup (parts[i]);

    g_string_append (text, value);
  }
  return g_strdup (text->str);
}

/* What is installed is started as nginx's own user from the beginning, so that no part of it is ever root. */
static gboolean
give_to_user (LimberNginx *nginx, const char *path, GError **error)
{
  struct passwd *user = nginx->installed && nginx->user != NULL && geteuid () == 0 ? getpwnam (nginx->user) : NULL;

  if (user == NULL || lchown (path, user->pw_uid, user->pw_gid) == 0)
    return TRUE;
  limber_cause_set_errno (error, LIMBER_ERROR_REFUSED, errno, _("%s cannot be given to %s: %s"), path, nginx->user, limber_cause_of_errno (errno));
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  limber_cause_set_errno (error, errno == ENOSPC ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_REFUSED, errno, _("The folder %s cannot be made: %s"), path, limber_cause_of_errno (errno));
  return FALSE;
}

/* Folders in which nginx makes what it needs. */
static gboolean
make_places (LimberNginx *nginx, GError **error)
{
  g_autofree char *log = g_path_get_dirname (nginx->log), *pid = g_path_get_dirname (nginx->pid);
  const char *const places[] = { nginx->temporary, log, pid };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (!make_folder (places[i], error) || !give_to_user (nginx, places[i], error))
      return FALSE;
  return TRUE;
}

/**
 * limber_nginx_make_certificate:
 * @hosts: (array zero-terminated=1): what it says that this machine is called
 * @env: clock and random numbers
 * @made: (out): whether there was none yet
 * @error: LIMBER_ERROR_REFUSED; LIMBER_ERROR_DISK_FULL
 *
 * Sees to it that the folder has a certificate of its own.
 */
gboolean
limber_nginx_make_certificate (LimberNginx *nginx, const char *const *hosts, LimberEnv *env, gboolean *made, GError **error)
{
  return make_folder (nginx->folder, error) && limber_certificate_ensure (nginx->certificate, nginx->key, hosts, env, made, error) && give_to_user (nginx, nginx->key, error);
}

/* An ordinary user's PATH has no sbin. */
static char *
find_nginx (void)
{
  char *path = g_find_program_in_path ("nginx");

  return path != NULL ? path : g_find_program_in_path ("/usr/sbin/nginx");
}

static gboolean
ask_nginx (const char *file, GError **error)
{
  g_autofree char *program = find_nginx (), *said = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (program == NULL)
    return limber_error_refuse (error, _("nginx is not installed on this machine, so that the configuration could not be checked and was not changed."));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error, program, "-t", "-q", "-c", file, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, error))
    return FALSE;
  if (g_subprocess_get_successful (process))
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("nginx refuses the configuration, and the former one stays. It says: %s"), said != NULL ? g_strstrip (said) : "");
  return FALSE;
}

static gboolean
write_text (LimberNginx *nginx, GError **error)
{
  g_autofree char *text = limber_nginx_to_text (nginx);
  g_autoptr (GError) why = NULL;

  if (g_file_set_contents_full (nginx->configuration, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &why))
    return TRUE;
  g_set_error (error, LIMBER_ERROR, g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_REFUSED, _("%s cannot be written: %s"), nginx->configuration,
               why->message);
  return FALSE;
}

static void
remove_trial (const char *folder)
{
  static const char *const names[] = { "temporary/body", "temporary/proxy", "temporary/fastcgi", "temporary/uwsgi", "temporary/scgi", "temporary", "nginx.conf", "nginx.pid", "nginx.log" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    g_remove (path);
  }
  g_rmdir (folder);
}

/* nginx makes files and folders even when it is only asked. So it is asked about the same text with places of its own: root must
 * not leave a log behind that nginx's user cannot write. */
static gboolean
try_out (LimberNginx *nginx, GError **error)
{
  g_autofree char *folder = g_build_filename (nginx->folder, "trial-XXXXXX", NULL);
  LimberNginx trial = *nginx;
  gboolean fine;

  if (g_mkdtemp (folder) == NULL) {
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("The folder %s cannot be made: %s"), folder, limber_cause_of_errno (errno));
    return FALSE;
  }
  trial.configuration = g_build_filename (folder, "nginx.conf", NULL);
  trial.pid = g_build_filename (folder, "nginx.pid", NULL);
  trial.log = g_build_filename (folder, "nginx.log", NULL);
  trial.temporary = g_build_filename (folder, "temporary", NULL);
  fine = make_folder (trial.temporary, error) && write_text (&trial, error) && ask_nginx (trial.configuration, error);
  remove_trial (folder);
  g_free (trial.configuration);
  g_free (trial.pid);
  g_free (trial.log);
  g_free (trial.temporary);
  return fine;
}

/**
 * limber_nginx_make_socket_folder:
 * @store: the folder of the node's store, whose owner runs the node
 * @error: LIMBER_ERROR_REFUSED; LIMBER_ERROR_DISK_FULL
 *
 * Makes the folder of the node's socket, for the node and whoever is of its group; one that is there stays as it is.
 */
gboolean
limber_nginx_make_socket_folder (LimberNginx *nginx, const char *store, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (nginx->socket);
  GStatBuf info;

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!make_folder (folder, error))
    return FALSE;
  if (g_chmod (folder, 0750) == 0 && g_stat (store, &info) == 0 && (geteuid () != 0 || chown (folder, info.st_uid, info.st_gid) == 0))
    return TRUE;
  limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("The folder %s cannot be made: %s"), folder, limber_cause_of_errno (errno));
  return FALSE;
}

/**
 * limber_nginx_write:
 * @error: LIMBER_ERROR_REFUSED when nginx is not there, or does not like what it is given; LIMBER_ERROR_DISK_FULL
 *
 * Has nginx check the configuration. Only then it takes the place of the former one.
 */
gboolean
limber_nginx_write (LimberNginx *nginx, GError **error)
{
  return make_folder (nginx->folder, error) && try_out (nginx, error) && make_places (nginx, error) && write_text (nginx, error);
}
