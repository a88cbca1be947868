/* What makes a node degraded or failed, and what does not; and what a tally counts. */
#include "limber-error.h"
#include "limber-health.h"
#include "limber-json.h"
#include "limber-tally.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define NOW (20000 * DAY)
#define ROOM (G_GINT64_CONSTANT (50) << 30)

static LimberHealth
sound (LimberClass klass)
{
  return (LimberHealth){ .vitals = { .klass = klass, .free_bytes = ROOM, .second_in_place = TRUE, .last_backup = NOW - DAY }, .now = NOW };
}

/* The reasons' codes, with a space after each. */
static void
assert_judged (const LimberHealth *health, LimberHealthState state, const char *codes)
{
  g_autoptr (json_t) reasons = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  gsize i;
  json_t *reason;

  g_assert_cmpint (limber_health_judge (health, &reasons), ==, state);
  json_array_foreach (reasons, i, reason) {
    g_string_append_printf (found, "%s ", limber_json_string (reason, "code"));
    g_assert_cmpuint (strlen (limber_json_string (reason, "text")), >, 10);
  }
  g_assert_cmpstr (found->str, ==, codes);
}

static void
sound_is_ok (void)
{
  LimberHealth central = sound (LIMBER_CLASS_CENTRAL), hub = sound (LIMBER_CLASS_HUB);

  hub.vitals.last_backup = 0; /* that is central's to have */
  assert_judged (&central, LIMBER_HEALTH_OK, "");
  assert_judged (&hub, LIMBER_HEALTH_OK, "");
}

static void
peoples_work_is_no_fault (void)
{
  LimberHealth health = sound (LIMBER_CLASS_CENTRAL);

  health.vitals.conflicts = 40;
  health.vitals.quarantined = 12;
  assert_judged (&health, LIMBER_HEALTH_OK, "");
}

static void
little_room_is_told_and_less_is_failure (void)
{
  LimberHealth health = sound (LIMBER_CLASS_HUB);

  health.vitals.free_bytes = 900 << 20;
  assert_judged (&health, LIMBER_HEALTH_DEGRADED, "disk-nearly-full ");
  health.vitals.free_bytes = 10 << 20;
  assert_judged (&health, LIMBER_HEALTH_FAILED, "disk-nearly-full ");
}

static void
no_second_file_is_failure (void)
{
  LimberHealth health = sound (LIMBER_CLASS_CENTRAL);

  health.vitals.second_in_place = FALSE;
  health.vitals.last_backup = 0;
  assert_judged (&health, LIMBER_HEALTH_FAILED, "second-file-missing no-backup ");
}

static void
a_copy_two_days_old_is_too_old (void)
{
  LimberHealth health = sound (LIMBER_CLASS_CENTRAL);

  health.vitals.last_backup = NOW - 2 * DAY;
  assert_judged (&health, LIMBER_HEALTH_OK, "");
  health.vitals.last_backup = NOW - 2 * DAY - 1;
  assert_judged (&health, LIMBER_HEALTH_DEGRADED, "no-backup ");
}

static void
a_hub_without_central_is_degraded_after_a_while (void)
{
  LimberHealth health = sound (LIMBER_CLASS_HUB);

  health.lost = 4 * 60 * 1000;
  assert_judged (&health, LIMBER_HEALTH_OK, "");
  health.lost = 6 * 60 * 1000;
  assert_judged (&health, LIMBER_HEALTH_DEGRADED, "central-not-reached ");
}

static void
a_wrong_clock_is_told_either_way (void)
{
  LimberHealth health = sound (LIMBER_CLASS_HUB);

  health.vitals.clock_offset = 60 * 1000;
  assert_judged (&health, LIMBER_HEALTH_OK, "");
  health.vitals.clock_offset = 3 * 60 * 1000;
  assert_judged (&health, LIMBER_HEALTH_DEGRADED, "clock-wrong ");
  health.vitals.clock_offset = -3 * 60 * 1000;
  assert_judged (&health, LIMBER_HEALTH_DEGRADED, "clock-wrong ");
}

/* And an error's own words, which may quote somebody's, are not said again. */
static void
a_store_that_failed_is_failure (void)
{
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_DISK, "QUOTED");
  LimberHealth health = { .failure = error, .now = NOW };
  g_autoptr (json_t) reasons = NULL;
  g_autofree char *text = NULL;

  assert_judged (&health, LIMBER_HEALTH_FAILED, "store-failed ");
  limber_health_judge (&health, &reasons);
  text = limber_json_dup (reasons);
  g_assert_null (strstr (text, "QUOTED"));
}

static void
a_tally_adds_up (void)
{
  g_autoptr (LimberTally) tally = limber_tally_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  limber_tally_add (tally, &(LimberTallyCall){ .handler = "push", .status = 200, .microseconds = 4000, .received = 10, .sent = 5, .verdicts = { 3, 2, 1, 0, 1 } });
  limber_tally_add (tally, &(LimberTallyCall){ .handler = "push", .status = 503, .microseconds = 3000000, .received = 1, .sent = 1 });
  limber_tally_add (tally, &(LimberTallyCall){ .handler = "pull", .status = 200, .microseconds = 30000, .sent = 100, .rows = 7 });
  limber_tally_append (tally, out);
  g_assert_nonnull (strstr (out->str, "\nlimber_requests_total{handler=\"push\",class=\"2xx\"} 1\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_requests_total{handler=\"push\",class=\"5xx\"} 1\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_request_duration_seconds_bucket{handler=\"push\",le=\"0.005\"} 1\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_request_duration_seconds_bucket{handler=\"push\",le=\"2\"} 1\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_request_duration_seconds_bucket{handler=\"push\",le=\"+Inf\"} 2\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_request_duration_seconds_sum{handler=\"push\"} 3.004000\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_request_duration_seconds_bucket{handler=\"pull\",le=\"0.025\"} 0\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_request_duration_seconds_bucket{handler=\"pull\",le=\"0.1\"} 1\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_received_bytes_total 11\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_sent_bytes_total 106\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_rows_sent_total 7\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_entries_received_total{verdict=\"stored\"} 3\n"));
  g_assert_nonnull (strstr (out->str, "\nlimber_entries_received_total{verdict=\"refused\"} 1\n"));
}

static void
devices_are_seen_for_a_day (void)
{
  g_autoptr (LimberTally) tally = limber_tally_new ();
  LimberId one = { { 1 } }, two = { { 2 } };

  limber_tally_see (tally, &one, 10);
  limber_tally_see (tally, &two, 20);
  limber_tally_see (tally, &two, 30);
  g_assert_cmpuint (limber_tally_seen (tally, 0), ==, 2);
  g_assert_cmpuint (limber_tally_seen (tally, 11), ==, 1);
  g_assert_cmpuint (limber_tally_seen (tally, 31), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/health/sound-is-ok", sound_is_ok);
  g_test_add_func ("/sync/health/peoples-work-is-no-fault", peoples_work_is_no_fault);
  g_test_add_func ("/sync/health/little-room-is-told-and-less-is-failure", little_room_is_told_and_less_is_failure);
  g_test_add_func ("/sync/health/no-second-file-is-failure", no_second_file_is_failure);
  g_test_add_func ("/sync/health/a-copy-two-days-old-is-too-old", a_copy_two_days_old_is_too_old);
  g_test_add_func ("/sync/health/a-hub-without-central-is-degraded-after-a-while", a_hub_without_central_is_degraded_after_a_while);
  g_test_add_func ("/sync/health/a-wrong-clock-is-told-either-way", a_wrong_clock_is_told_either_way);
  g_test_add_func ("/sync/health/a-store-that-failed-is-failure", a_store_that_failed_is_failure);
  g_test_add_func ("/sync/tally/a-tally-adds-up", a_tally_adds_up);
  g_test_add_func ("/sync/tally/devices-are-seen-for-a-day", devices_are_seen_for_a_day);
  return g_test_run ();
}
