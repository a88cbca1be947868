/* Entries in quarantine and conflicts that wait are people's ordinary work: they are told as figures and make nothing degraded. */
#include "limber-health.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-error.h"

#define MEBIBYTE G_GINT64_CONSTANT (1048576)
#define ROOM_FAILED (64 * MEBIBYTE)
#define BACKUP_DAYS 2
#define DAY_MS G_GINT64_CONSTANT (86400000)
#define LOST_MS (5 * 60 * 1000)
#define CLOCK_MS (2 * 60 * 1000)

typedef struct {
  LimberHealthState state;
  json_t           *reasons; /* (owned) */
} Judgement;

static void
add (Judgement *judgement, LimberHealthState state, const char *code, const char *text)
{
  judgement->state = MAX (judgement->state, state);
  json_array_append_new (judgement->reasons, json_pack ("{s:s, s:s, s:s}", "code", code, "status", limber_health_name (state), "text", text));
}

/* In words of our own: an error's may quote what somebody wrote. */
static const char *
words_of_failure (const GError *failure)
{
  if (g_error_matches (failure, LIMBER_ERROR, LIMBER_ERROR_DISK_FULL))
    return _("There is no room left on the disk: nothing more is saved.");
  if (g_error_matches (failure, LIMBER_ERROR, LIMBER_ERROR_DISK))
    return _("The disk failed: nothing more is saved until the program is started again.");
  if (g_error_matches (failure, LIMBER_ERROR, LIMBER_ERROR_DAMAGED))
    return _("The store is damaged.");
  return _("The store cannot be read.");
}

static void
judge_disk (const LimberVitals *vitals, Judgement *judgement)
{
  g_autofree char *text = g_strdup_printf (_("On the disk there is room for %ld MiB more."), (long) (vitals->free_bytes / MEBIBYTE));

  if (vitals->free_bytes < LIMBER_VITALS_ROOM)
    add (judgement, vitals->free_bytes < ROOM_FAILED ? LIMBER_HEALTH_FAILED : LIMBER_HEALTH_DEGRADED, "disk-nearly-full", text);
  if (!vitals->second_in_place)
    add (judgement, LIMBER_HEALTH_FAILED, "second-file-missing", _("Central's second file is not where it was: nothing more is saved. Is its disk mounted?"));
}

static void
judge_backup (const LimberHealth *health, Judgement *judgement)
{
  g_autofree char *when = limber_time_to_iso (health->vitals.last_backup), *text = g_strdup_printf (_("The last copy of the store off this machine was made at %s."), when);

  if (health->vitals.last_backup == 0)
    add (judgement, LIMBER_HEALTH_DEGRADED, "no-backup", _("There is no copy of the store off this machine yet."));
  else if (health->now - health->vitals.last_backup > BACKUP_DAYS * DAY_MS)
    add (judgement, LIMBER_HEALTH_DEGRADED, "no-backup", text);
}

static void
judge_central (const LimberHealth *health, Judgement *judgement)
{
  g_autofree char *since = limber_time_to_iso (health->now - health->lost), *lost = g_strdup_printf (_("Central has not been reached since %s."), since);
  long seconds = (long) (ABS (health->vitals.clock_offset) / 1000);
  g_autofree char *clock = g_strdup_printf (health->vitals.clock_offset < 0 ? _("This machine's clock is %ld seconds ahead of central's.") : _("This machine's clock is %ld seconds behind central's."), seconds);

  if (health->lost > LOST_MS)
    add (judgement, LIMBER_HEALTH_DEGRADED, "central-not-reached", lost);
  if (ABS (health->vitals.clock_offset) > CLOCK_MS)
    add (judgement, LIMBER_HEALTH_DEGRADED, "clock-wrong", clock);
}

/**
 * limber_health_judge:
 * @reasons: (out) (transfer full): an array of what is not as it should be: each with its `code`, the `status` that it alone
 *   makes, and a `text` for a person
 *
 * Returns: how the node is
 */
LimberHealthState
limber_health_judge (const LimberHealth *health, json_t **reasons)
{
  Judgement judgement = { LIMBER_HEALTH_OK, json_array () };

  if (health->failure != NULL)
    add (&judgement, LIMBER_HEALTH_FAILED, "store-failed", words_of_failure (health->failure));
  else {
    judge_disk (&health->vitals, &judgement);
    if (health->vitals.klass == LIMBER_CLASS_CENTRAL)
      judge_backup (health, &judgement);
    else
      judge_central (health, &judgement);
  }
  *reasons = judgement.reasons;
  return judgement.state;
}

/**
 * limber_health_name:
 *
 * Returns: (transfer none): "ok", "degraded" or "failed"
 */
const char *
limber_health_name (LimberHealthState state)
{
  static const char *const names[] = { "ok", "degraded", "failed" };

  return names[state];
}
