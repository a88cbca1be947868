/* Only what is named here is looked at; a file's content never is. */
#include "limber-machine.h"

#include <archive.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "limber-date.h"
#include "limber-survey.h"
#include "limber-trace.h"

#define LINES_MOST 2000
#define PATIENCE "20" /* seconds, for the journal */

/* The figure after "Name:" in a file of the kernel's; -1 for none. */
static gint64
kernel_figure (const char *file, const char *name)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    return -1;
  at = strstr (text, name);
  return at != NULL ? g_ascii_strtoll (at + strlen (name), NULL, 10) : -1;
}

/* Of a distribution's own file: one line, without its quotes. */
static char *
release (const char *name)
{
  g_autofree char *text = NULL, *prefix = g_strconcat (name, "=", NULL);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents ("/etc/os-release", &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], prefix)) {
      char *value = g_strdup (lines[i] + strlen (prefix));

      return g_strdelimit (value, "\"", ' ');
    }
  return NULL;
}

/**
 * limber_machine_versions:
 *
 * Returns: (transfer full): an object: of Limber, of what it stands on, and of the system
 */
json_t *
limber_machine_versions (void)
{
  g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version), *system = release ("PRETTY_NAME"), *debian = NULL;
  struct utsname kernel = { 0 };

  g_file_get_contents ("/etc/debian_version", &debian, NULL, NULL);
  uname (&kernel);
  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:s}", "limber", LIMBER_VERSION, "sqlite", limber_survey_sqlite (), "glib", glib, "libsodium", sodium_version_string (), "jansson",
                    JANSSON_VERSION, "libarchive", archive_version_string (), "system", system != NULL ? g_strstrip (system) : NULL, "debian", debian != NULL ? g_strstrip (debian) : NULL, "kernel",
                    kernel.release, "machine", kernel.machine);
}

static json_t *
room_json (const char *dir)
{
  struct statvfs info;

  if (statvfs (dir, &info) != 0)
    return json_null ();
  return json_pack ("{s:I, s:I, s:I, s:b}", "bytes", (json_int_t) (info.f_blocks * info.f_frsize), "free_bytes", (json_int_t) (info.f_bavail * info.f_frsize), "free_files", (json_int_t) info.f_favail,
                    "read_only", (info.f_flag & ST_RDONLY) != 0);
}

/**
 * limber_machine_state:
 * @dir: a store's folder
 *
 * Returns: (transfer full): an object: its disk, memory, load and clock
 */
json_t *
limber_machine_state (const char *dir)
{
  g_autofree char *now = limber_time_to_iso (g_get_real_time () / 1000);
  double load[3] = { 0 };

  if (getloadavg (load, 3) != 3)
    memset (load, 0, sizeof load);
  return json_pack ("{s:o, s:o, s:{s:I, s:I, s:I, s:I}, s:[f,f,f], s:i, s:I, s:{s:s, s:b}}", "disk", room_json (dir), "temporary", room_json (g_get_tmp_dir ()), "memory_kb", "total",
                    (json_int_t) kernel_figure ("/proc/meminfo", "MemTotal:"), "available", (json_int_t) kernel_figure ("/proc/meminfo", "MemAvailable:"), "swap",
                    (json_int_t) kernel_figure ("/proc/meminfo", "SwapTotal:"), "swap_free", (json_int_t) kernel_figure ("/proc/meminfo", "SwapFree:"), "load", load[0], load[1], load[2], "processors",
                    (int) g_get_num_processors (), "up_seconds", (json_int_t) kernel_figure ("/proc/uptime", ""), "clock", "now", now, "synchronised",
                    g_file_test ("/run/systemd/timesync/synchronized", G_FILE_TEST_EXISTS));
}

/* Of a file that has that name: its size, mode and age. */
static void
add_file (json_t *files, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *mode = NULL, *changed = NULL;
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return;
  mode = g_strdup_printf ("%06o", (guint) info.st_mode);
  changed = limber_time_to_iso ((gint64) info.st_mtim.tv_sec * 1000);
  json_object_set_new (files, name, json_pack ("{s:I, s:s, s:i, s:i, s:s}", "bytes", (json_int_t) info.st_size, "mode", mode, "user", (int) info.st_uid, "group", (int) info.st_gid, "changed", changed));
}

/**
 * limber_machine_files:
 * @dir: a store's folder
 * @folder: the folder of its node's configuration
 *
 * Returns: (transfer full): an object: which of the files that Limber makes or reads there are, how large and whose; and which
 *   variables the units get
 */
json_t *
limber_machine_files (const char *dir, const char *folder)
{
  static const char *const of_store[] = { ".", "store.db", "store.db-wal", "store.db-shm", "lock", "control", "second", "second/journal" };
  static const char *const of_node[] = { ".", "nginx.conf", "certificate.pem", "key.pem", "node.sock", "code", "environment", "backups", "backups/off-this-machine", "second" };
  json_t *store = json_object (), *node = json_object ();
  g_autofree char *environment = g_build_filename (folder, "environment", NULL), *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (of_store); i++)
    add_file (store, dir, of_store[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (of_node); i++)
    add_file (node, folder, of_node[i]);
  g_file_get_contents (environment, &text, NULL, NULL);
  return json_pack ("{s:o, s:o, s:o}", "store", store, "configuration", node, "environment_sets", limber_trace_names (text != NULL ? text : ""));
}

/**
 * limber_machine_log:
 *
 * Returns: (transfer full): the last lines of the journal that nodes here have written, as far as this user may read them; see
 *   limber_trace_log()
 */
char *
limber_machine_log (void)
{
  g_autofree char *lines = g_strdup_printf ("--lines=%d", LINES_MOST), *text = NULL;
  const char *argv[] = { "timeout", PATIENCE, "journalctl", "--unit=limber-central", "--unit=limber-hub", "--unit=limber-backup", "--unit=limber-join", "--output=cat", "--no-pager", "--quiet", lines, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (GBytes) said = NULL;

  if (process == NULL || !g_subprocess_communicate (process, NULL, NULL, &said, NULL, NULL) || said == NULL || g_bytes_get_size (said) == 0)
    return g_strdup ("");
  text = g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
  return limber_trace_log (text, LINES_MOST);
}
