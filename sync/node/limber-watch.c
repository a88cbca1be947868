/* However often somebody asks, the store is looked at once in five seconds. */
#include "limber-watch.h"

#include <dirent.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "limber-call.h"
#include "limber-date.h"
#include "limber-json.h"
#include "limber-metric.h"

#define KEPT_US (5 * G_USEC_PER_SEC)
#define DAY_US (24 * 3600 * (gint64) G_USEC_PER_SEC)

struct _LimberWatch {
  LimberNode  *node;    /* (owned) */
  LimberEnv   *env;     /* (owned) */
  gint64       started; /* microseconds that never go back */
  GMutex       mutex;
  LimberVitals vitals;  /* (mutex mutex): as they were when they were last read */
  gint64       read;    /* (mutex mutex): when, 0 before */
  GError      *failure; /* (owned) (nullable) (mutex mutex): why the store can no longer be written */
  gboolean     reaches; /* (mutex mutex): central */
  gint64       lost;    /* (mutex mutex): since when it does not */
};

/**
 * limber_watch_new:
 * @node: one that has just started
 *
 * Returns: (transfer full): a watch over it
 */
LimberWatch *
limber_watch_new (LimberNode *node)
{
  LimberWatch *watch = g_new0 (LimberWatch, 1);

  watch->node = g_object_ref (node);
  watch->env = limber_env_ref (limber_store_env (limber_node_store (node)));
  watch->started = watch->lost = limber_env_monotonic (watch->env);
  g_mutex_init (&watch->mutex);
  return watch;
}

void
limber_watch_free (LimberWatch *watch)
{
  g_mutex_clear (&watch->mutex);
  g_clear_error (&watch->failure);
  limber_env_unref (watch->env);
  g_object_unref (watch->node);
  g_free (watch);
}

/**
 * limber_watch_set_failure:
 * @failure: why the store can no longer be written
 */
void
limber_watch_set_failure (LimberWatch *watch, const GError *failure)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&watch->mutex);

  if (watch->failure == NULL)
    watch->failure = g_error_copy (failure);
}

/**
 * limber_watch_set_central:
 * @reachable: whether this hub reaches central
 */
void
limber_watch_set_central (LimberWatch *watch, gboolean reachable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&watch->mutex);

  if (watch->reaches && !reachable)
    watch->lost = limber_env_monotonic (watch->env);
  watch->reaches = reachable;
}

/* What is known now. @failure: (out): keeps what @health's points to */
static void
take (LimberWatch *watch, LimberHealth *health, GError **failure)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&watch->mutex);
  gint64 ticks = limber_env_monotonic (watch->env);

  memset (health, 0, sizeof *health);
  if (watch->failure != NULL)
    *failure = g_error_copy (watch->failure);
  else if (watch->read == 0 || ticks - watch->read > KEPT_US)
    watch->read = limber_vitals_read (limber_node_store (watch->node), &watch->vitals, failure) ? ticks : 0;
  health->vitals = watch->vitals;
  health->failure = *failure;
  health->now = limber_env_now (watch->env);
  if (limber_store_identity (limber_node_store (watch->node))->klass == LIMBER_CLASS_HUB && !watch->reaches)
    health->lost = (ticks - watch->lost) / 1000;
}

static json_t *
time_or_null (gint64 ms)
{
  g_autofree char *text = ms > 0 ? limber_time_to_iso (ms) : NULL;

  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
figures_json (const LimberVitals *vitals)
{
  json_t *json = json_pack ("{s:I, s:I, s:I, s:I, s:I}", "conflicts", (json_int_t) vitals->conflicts, "quarantined", (json_int_t) vitals->quarantined, "entries", (json_int_t) vitals->entries,
                            "devices", (json_int_t) vitals->devices, "free_bytes", (json_int_t) vitals->free_bytes);

  if (vitals->klass == LIMBER_CLASS_CENTRAL)
    json_object_set_new (json, "last_backup", time_or_null (vitals->last_backup));
  else {
    json_object_set_new (json, "last_sync", time_or_null (vitals->last_sync));
    json_object_set_new (json, "clock_offset_ms", json_integer (vitals->clock_offset));
  }
  return json;
}

/**
 * limber_watch_health:
 * @state: (out): how the node is
 *
 * Returns: (transfer full): an object, as JSON: `status`, the `reasons` where that is not "ok", and figures that are nobody's fault
 */
char *
limber_watch_health (LimberWatch *watch, LimberHealthState *state)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (json_t) json = json_object ();
  LimberHealth health;
  json_t *reasons;

  take (watch, &health, &failure);
  *state = limber_health_judge (&health, &reasons);
  json_object_set_new (json, "status", json_string (limber_health_name (*state)));
  json_object_set_new (json, "reasons", reasons);
  json_object_set_new (json, "class", json_string (limber_class_name (limber_store_identity (limber_node_store (watch->node))->klass)));
  json_object_set_new (json, "version", json_string (LIMBER_VERSION));
  json_object_set_new (json, "now", time_or_null (health.now));
  json_object_set_new (json, "uptime_seconds", json_integer ((limber_env_monotonic (watch->env) - watch->started) / G_USEC_PER_SEC));
  json_object_set_new (json, "wake_lines", json_integer (limber_tally_get_lines (limber_node_tally (watch->node))));
  if (failure == NULL)
    json_object_set_new (json, "store", figures_json (&health.vitals));
  return limber_json_dup (json);
}

/* Descriptors that this process has open, the one by which they are counted left out. */
static guint64
open_descriptors (void)
{
  DIR *dir = opendir ("/proc/self/fd");
  guint64 n = 0;

  if (dir == NULL)
    return 0;
  for (struct dirent *entry = readdir (dir); entry != NULL; entry = readdir (dir))
    n += g_ascii_isdigit (entry->d_name[0]) ? 1 : 0;
  closedir (dir);
  return n - 1;
}

static guint64
resident_bytes (void)
{
  g_autofree char *text = NULL;
  guint64 pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) && strchr (text, ' ') != NULL)
    pages = g_ascii_strtoull (strchr (text, ' ') + 1, NULL, 10);
  return pages * (guint64) sysconf (_SC_PAGESIZE);
}

static void
append_process (LimberWatch *watch, GString *out)
{
  struct rlimit limit = { 0 };

  limber_metric_begin (out, "limber_uptime_seconds", "gauge", "Since this node started.");
  limber_metric_seconds (out, "limber_uptime_seconds", NULL, limber_env_monotonic (watch->env) - watch->started);
  limber_metric_gauge (out, "process_open_fds", "Descriptors that are open.", open_descriptors ());
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    limber_metric_gauge (out, "process_max_fds", "Descriptors that may be.", limit.rlim_cur);
  limber_metric_gauge (out, "process_resident_memory_bytes", "Memory that is in use.", resident_bytes ());
}

/* No names: whoever wants to know which asks limberctl fleet. */
static void
append_fleet (const LimberFleetCounts *fleet, GString *out)
{
  limber_metric_begin (out, "limber_devices_in_need", "gauge", "Devices that somebody should look at, by why.");
  limber_metric_integer (out, "limber_devices_in_need", "reason=\"silent\"", (guint64) fleet->silent);
  limber_metric_integer (out, "limber_devices_in_need", "reason=\"unsent\"", (guint64) fleet->unsent);
  limber_metric_integer (out, "limber_devices_in_need", "reason=\"disk\"", (guint64) fleet->disk);
}

static void
append_store (const LimberHealth *health, GString *out)
{
  const LimberVitals *vitals = &health->vitals;

  limber_metric_gauge (out, "limber_journal_entries", "Entries in the journal.", (guint64) vitals->entries);
  limber_metric_gauge (out, "limber_store_bytes", "Of the store's file.", (guint64) vitals->store_bytes);
  limber_metric_gauge (out, "limber_log_bytes", "Of the store's write-ahead log.", (guint64) vitals->log_bytes);
  limber_metric_gauge (out, "limber_free_bytes", "Free on the disk, where there is least.", (guint64) vitals->free_bytes);
  limber_metric_gauge (out, "limber_conflicts", "Edits that lost and wait for a decision.", (guint64) vitals->conflicts);
  limber_metric_gauge (out, "limber_quarantined", "Entries that wait for a decision.", (guint64) vitals->quarantined);
  limber_metric_gauge (out, "limber_devices", "Devices that are known and not revoked.", (guint64) vitals->devices);
  append_fleet (&vitals->fleet, out);
  if (vitals->klass == LIMBER_CLASS_HUB)
    limber_metric_gauge (out, "limber_central_reached", "Whether this hub reaches central.", health->lost == 0);
  if (vitals->last_backup > 0) {
    limber_metric_begin (out, "limber_backup_age_seconds", "gauge", "Since the last copy off this machine.");
    limber_metric_seconds (out, "limber_backup_age_seconds", NULL, MAX (0, health->now - vitals->last_backup) * 1000);
  }
}

/**
 * limber_watch_metrics:
 *
 * Returns: (transfer full): the node's figures in Prometheus' text form
 */
char *
limber_watch_metrics (LimberWatch *watch)
{
  LimberTally *tally = limber_node_tally (watch->node);
  GString *out = g_string_new (NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (json_t) reasons = NULL;
  g_autofree char *labels = NULL;
  LimberHealth health;

  take (watch, &health, &failure);
  labels = g_strdup_printf ("version=\"" LIMBER_VERSION "\",class=\"%s\"", limber_class_name (limber_store_identity (limber_node_store (watch->node))->klass));
  limber_metric_begin (out, "limber_build_info", "gauge", "Which Limber this is.");
  limber_metric_integer (out, "limber_build_info", labels, 1);
  limber_metric_gauge (out, "limber_health", "0 ok, 1 degraded, 2 failed: why is said by /health.", limber_health_judge (&health, &reasons));
  append_process (watch, out);
  limber_tally_append (tally, out);
  limber_metric_gauge (out, "limber_devices_seen", "Devices that asked anything in the last day, or since the start.",
                       limber_tally_seen (tally, limber_env_monotonic (watch->env) - DAY_US));
  if (failure == NULL)
    append_store (&health, out);
  return g_string_free (out, FALSE);
}
