/* The fleet list: what devices say of themselves reaches their hub and central, says the truth, costs next to nothing, and cannot be
 * used to say anything of somebody else. */
#include <string.h>

#include "limber-base64.h"
#include "limber-client-private.h"
#include "limber-date.h"
#include "limber-fleet.h"
#include "limber-heads.h"
#include "limber-json.h"
#include "limber-test-chain.h"

#define SECOND 1000
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
later (TestChain *chain, gint64 milliseconds)
{
  TestPlace *places[] = { chain->central, chain->hub, chain->desk, chain->kiosk };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += milliseconds;
}

static gboolean
do_nothing (LimberTransaction *transaction, gpointer data, GError **error)
{
  return TRUE;
}

static void
settle (TestPlace *place)
{
  g_assert_true (limber_store_write (place->store, do_nothing, NULL, NULL)); /* what stood in line before it is done then */
  while (g_main_context_iteration (NULL, FALSE) || g_main_context_iteration (limber_client_own_context (), FALSE)) /* a node of a test may have answered in either */
    ;
}

/* What was to be written down has been. */
static void
write_down (TestChain *chain)
{
  TestPlace *places[] = { chain->hub, chain->central };

  later (chain, 20 * SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    settle (places[i]);
    limber_node_tick (places[i]->node);
    settle (places[i]);
  }
}

typedef struct {
  TestPlace   *place;
  LimberVitals vitals;
  json_t      *list;
  LimberFleetCounts counts;
} Look;

static gboolean
read_list (LimberReader *reader, gpointer data, GError **error)
{
  Look *look = data;

  look->list = limber_fleet_json (reader, &limber_store_identity (look->place->store)->device, &look->vitals, "9.9", error);
  limber_fleet_count (reader, &look->counts);
  return look->list != NULL;
}

static json_t *
list_at (TestPlace *place, LimberFleetCounts *counts)
{
  Look look = { place };
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_vitals_read (place->store, &look.vitals, NULL));
  limber_store_read (place->store, read_list, &look, &error);
  g_assert_no_error (error);
  if (counts != NULL)
    *counts = look.counts;
  return look.list;
}

/* What @at lists of @device. */
static json_t *
line_at (TestPlace *at, TestPlace *device)
{
  g_autoptr (json_t) list = list_at (at, NULL);
  g_autofree char *id = limber_id_dup_text (&limber_store_identity (device->store)->device);
  json_t *one;
  gsize i;

  json_array_foreach (list, i, one)
    if (g_str_equal (limber_json_string (one, "device"), id))
      return json_incref (one);
  return NULL;
}

static gint64
seen_of (const json_t *line)
{
  gint64 time = 0;

  g_assert_true (limber_time_parse (limber_json_string (line, "last_seen"), &time));
  return time;
}

static LimberMessage *
ask (TestPlace *as, TestPlace *at, const char *body)
{
  static guint64 counter = 1;
  g_autoptr (LimberMessage) first = limber_message_new ("GET", "/sync/v1/pull", NULL), told = test_place_ask (as, at, first, "0000000000000000", counter++);
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/push", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  limber_message_set_body (request, "application/x-ndjson", bytes);
  return test_place_ask (as, at, request, limber_message_get (told, "limber-run"), counter++);
}

static guint
say (TestPlace *as, TestPlace *at, const char *body)
{
  g_autoptr (LimberMessage) answer = ask (as, at, body);

  return answer->status;
}

static char *
name_of (TestPlace *place)
{
  const LimberId *id = &limber_store_identity (place->store)->device;

  return limber_base64_dup (id->bytes, sizeof id->bytes);
}

static void
everybody_is_listed_where_they_were_met (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) at_hub = NULL, at_central = NULL, hub = NULL;
  gint64 met;

  later (chain, HOUR);
  test_place_sync (chain->desk);
  met = chain->hub->clock.now;
  write_down (chain);
  later (chain, HOUR);
  test_place_sync (chain->hub);
  write_down (chain);
  at_hub = line_at (chain->hub, chain->desk);
  g_assert_cmpint (seen_of (at_hub), ==, met);
  g_assert_cmpint (limber_json_integer (at_hub, "unsent", -1), ==, 0);
  g_assert_cmpint (limber_json_integer (at_hub, "clock_offset_ms", -1), ==, 0);
  g_assert_cmpint (limber_json_integer (at_hub, "free_bytes", -1), >, 0);
  g_assert_cmpint (limber_json_integer (at_hub, "store_bytes", -1), >, 0);
  at_central = line_at (chain->central, chain->desk);
  g_assert_nonnull (at_central);
  g_assert_cmpint (seen_of (at_central), ==, met); /* not when the hub told of it */
  g_assert_cmpstr (limber_json_string (at_central, "version"), ==, LIMBER_VERSION);
  g_assert_cmpstr (limber_json_string (at_central, "site"), ==, "LMB01");
  hub = line_at (chain->central, chain->hub);
  g_assert_cmpstr (limber_json_string (at_central, "seen_by"), ==, limber_json_string (hub, "name"));
  g_assert_cmpint (seen_of (hub), >, met);
}

static void
the_node_itself_is_listed_as_it_is_now (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) central = line_at (chain->central, chain->central), hub = line_at (chain->hub, chain->hub), at_hub = line_at (chain->hub, chain->central);

  g_assert_cmpstr (limber_json_string (central, "version"), ==, "9.9");
  g_assert_cmpint (seen_of (central), ==, chain->central->clock.now);
  g_assert_cmpint (limber_json_integer (hub, "unsent", -1), ==, 0);
  test_store_put (chain->hub->store, "patient", &chain->patient, "phone", "0208 000 0001", NULL);
  g_clear_pointer (&hub, json_decref);
  hub = line_at (chain->hub, chain->hub);
  g_assert_cmpint (limber_json_integer (hub, "unsent", -1), ==, 1);
  g_assert_nonnull (limber_json_string (hub, "unsent_since"));
  g_assert_null (at_hub); /* a hub looks after its site */
}

static void
who_asks_all_day_long_causes_a_write_in_ten_minutes (TestChain *chain, gconstpointer data)
{
  gint64 before;

  later (chain, HOUR);
  g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[],\"report\":{\"version\":\"1\",\"unsent\":0,\"free\":100000000000}}"), ==, 200);
  write_down (chain);
  before = test_store_count (chain->hub->store, "SELECT max(place) FROM fleet");
  for (guint i = 0; i < 8; i++) {
    later (chain, 30 * SECOND);
    g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[],\"report\":{\"version\":\"1\",\"unsent\":0,\"free\":100000001234}}"), ==, 200);
    write_down (chain);
  }
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT max(place) FROM fleet"), ==, before);
  later (chain, 10 * MINUTE);
  g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[]}"), ==, 200);
  write_down (chain);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT max(place) FROM fleet"), ==, before + 1);
}

static void
who_says_nothing_is_seen_all_the_same (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) line = NULL;

  write_down (chain);
  test_store_tamper (chain->hub->store, "DELETE FROM fleet");
  later (chain, HOUR);
  g_assert_cmpuint (say (chain->kiosk, chain->hub, "{\"heads\":[]}"), ==, 200);
  write_down (chain);
  line = line_at (chain->hub, chain->kiosk);
  g_assert_cmpint (seen_of (line), >, 0);
  g_assert_true (json_is_null (json_object_get (line, "version")));
  g_assert_true (json_is_null (json_object_get (line, "unsent")));
  g_assert_true (json_is_null (json_object_get (line, "free_bytes")));
}

static void
who_has_just_joined_is_not_silent (TestChain *chain, gconstpointer data)
{
  LimberFleetCounts counts;
  g_autoptr (json_t) list = NULL;

  write_down (chain);
  test_store_tamper (chain->hub->store, "DELETE FROM fleet");
  list = list_at (chain->hub, &counts);
  g_assert_cmpint (counts.silent, ==, 0);
  g_assert_cmpuint (json_array_size (json_object_get (json_array_get (list, 0), "needs")), ==, 0);
  g_clear_pointer (&list, json_decref);
  later (chain, DAY + MINUTE);
  list = list_at (chain->hub, &counts);
  g_assert_cmpint (counts.silent, ==, 2);
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (json_array_get (list, 0), "needs"), 0)), ==, "silent");
}

/* A device's first question is asked before it knows what the node has, and what the time is there. */
static void
what_is_told_for_the_first_time_is_kept_at_once (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) line = NULL;

  write_down (chain);
  test_store_tamper (chain->hub->store, "DELETE FROM fleet");
  g_assert_cmpuint (say (chain->kiosk, chain->hub, "{\"heads\":[],\"report\":{\"version\":\"1\"}}"), ==, 200);
  write_down (chain);
  g_assert_cmpuint (say (chain->kiosk, chain->hub, "{\"heads\":[],\"report\":{\"version\":\"1\",\"unsent\":0,\"offset\":-7}}"), ==, 200);
  write_down (chain);
  line = line_at (chain->hub, chain->kiosk);
  g_assert_cmpint (limber_json_integer (line, "unsent", -1), ==, 0);
  g_assert_cmpint (limber_json_integer (line, "clock_offset_ms", -1), ==, -7);
}

static void
what_is_no_report_is_refused (TestChain *chain, gconstpointer data)
{
  static const char *const reports[] = {
    "7", "[]", "null", "{\"version\":7}", "{\"version\":\"\"}", "{\"version\":\"123456789012345678901234567890123\"}", "{\"version\":\"1\\u001b[2J\"}", "{\"version\":\"1\\n\"}", "{\"version\":\"é\"}",
    "{\"unsent\":-1}", "{\"unsent\":\"1\"}", "{\"unsent\":1.5}", "{\"unsent\":9000000000000000000}", "{\"oldest\":-1}", "{\"oldest\":9000000000000000000}", "{\"free\":-1}", "{\"store\":true}",
    "{\"offset\":9000000000000000000}", "{\"offset\":-9000000000000000000}",
  };
  g_autoptr (json_t) line = NULL;

  later (chain, HOUR);
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++) {
    g_autofree char *body = g_strdup_printf ("{\"heads\":[],\"report\":%s}", reports[i]);

    g_test_message ("%s", reports[i]);
    g_assert_cmpuint (say (chain->desk, chain->hub, body), ==, 400);
  }
  write_down (chain);
  line = line_at (chain->hub, chain->desk);
  g_assert_cmpint (seen_of (line), <, TEST_NOW + HOUR);
  g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[],\"report\":{\"new\":[7],\"version\":\"2.0~rc1\"}}"), ==, 200); /* of a newer version */
}

static void
a_device_speaks_for_itself_alone (TestChain *chain, gconstpointer data)
{
  g_autofree char *kiosk = name_of (chain->kiosk), *body = g_strdup_printf ("{\"heads\":[],\"fleet\":[[\"%s\",%" G_GINT64_FORMAT ",{\"unsent\":77}]]}", kiosk, TEST_NOW);

  later (chain, HOUR);
  g_assert_cmpuint (say (chain->desk, chain->hub, body), ==, 400);
  write_down (chain);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT count(*) FROM fleet WHERE unsent=77"), ==, 0);
}

static void
a_hub_speaks_for_its_own_site_alone (TestChain *chain, gconstpointer data)
{
  TestPlace *other = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->other_site, NULL);
  g_autofree char *theirs = name_of (other), *own = name_of (chain->kiosk), *central = name_of (chain->central), *nobody = g_strdup ("AAAAAAAAAAAAAAAAAAAAAA");
  g_autofree char *body = NULL;
  gint64 now;

  later (chain, HOUR);
  now = chain->central->clock.now + DAY; /* a hub's clock may be wrong */
  body = g_strdup_printf ("{\"heads\":[],\"fleet\":[[\"%s\",%" G_GINT64_FORMAT ",{\"unsent\":77}],[\"%s\",%" G_GINT64_FORMAT ",{\"unsent\":77}],[\"%s\",%" G_GINT64_FORMAT
                          ",{\"unsent\":77}],[\"%s\",%" G_GINT64_FORMAT ",{\"unsent\":77}]]}",
                          theirs, now, nobody, now, central, now, own, now);
  g_assert_cmpuint (say (chain->hub, chain->central, body), ==, 200);
  write_down (chain);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM fleet WHERE unsent=77"), ==, 1);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT max(seen) FROM fleet"), <=, chain->central->clock.now);
  test_place_free (other);
}

static void
what_a_hub_says_of_its_devices_is_bounded (TestChain *chain, gconstpointer data)
{
  static const char *const fleets[] = { "7", "{}", "[7]", "[[]]", "[[\"AAAAAAAAAAAAAAAAAAAAAA\",\"1\",{}]]", "[[\"AAAA\",1,{}]]", "[[\"AAAAAAAAAAAAAAAAAAAAAA\",-1,{}]]",
                                        "[[\"AAAAAAAAAAAAAAAAAAAAAA\",1]]", "[[\"AAAAAAAAAAAAAAAAAAAAAA\",1,{\"unsent\":-1}]]" };
  g_autoptr (GString) many = g_string_new ("{\"heads\":[],\"fleet\":[");

  for (guint i = 0; i < G_N_ELEMENTS (fleets); i++) {
    g_autofree char *body = g_strdup_printf ("{\"heads\":[],\"fleet\":%s}", fleets[i]);

    g_test_message ("%s", fleets[i]);
    g_assert_cmpuint (say (chain->hub, chain->central, body), ==, 400);
  }
  for (guint i = 0; i < 201; i++)
    g_string_append_printf (many, "%s[\"AAAAAAAAAAAAAAAAAAAAAA\",1,{}]", i > 0 ? "," : "");
  g_string_append (many, "]}");
  g_assert_cmpuint (say (chain->hub, chain->central, many->str), ==, 400);
}

static void
older_news_does_not_replace_newer (TestChain *chain, gconstpointer data)
{
  g_autofree char *kiosk = name_of (chain->kiosk), *body = g_strdup_printf ("{\"heads\":[],\"fleet\":[[\"%s\",%" G_GINT64_FORMAT ",{\"unsent\":77}]]}", kiosk, TEST_NOW + MINUTE);

  later (chain, HOUR);
  g_assert_cmpuint (say (chain->kiosk, chain->central, "{\"heads\":[],\"report\":{\"unsent\":5}}"), ==, 200); /* its hub was gone */
  write_down (chain);
  g_assert_cmpuint (say (chain->hub, chain->central, body), ==, 200);
  write_down (chain);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM fleet WHERE unsent=77"), ==, 0);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM fleet WHERE unsent=5"), ==, 1);
}

/* A device counts on it that what it sends is taken. */
static void
what_was_not_taken_is_unsent (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) line = NULL;

  later (chain, HOUR);
  g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[],\"report\":{\"unsent\":2}}\nno entry\nnor this\n"), ==, 200);
  write_down (chain);
  line = line_at (chain->hub, chain->desk);
  g_assert_cmpint (limber_json_integer (line, "unsent", -1), ==, 4);
}

/* What remained was told with a batch, and nobody asks again: then it is nothing. */
static void
who_has_handed_over_all_is_listed_so (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) line = NULL;

  later (chain, HOUR);
  g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[],\"report\":{\"unsent\":2,\"oldest\":1000}}"), ==, 200);
  write_down (chain);
  for (guint i = 0; i < 700; i++) {
    g_autofree char *text = g_strdup_printf ("0208 000 %04u", i);

    test_store_put (chain->desk->store, "patient", &chain->patient, "phone", text, NULL);
  }
  later (chain, MINUTE);
  test_place_sync (chain->desk);
  write_down (chain);
  line = line_at (chain->hub, chain->desk);
  g_assert_cmpint (limber_json_integer (line, "unsent", -1), ==, 0);
  g_assert_true (json_is_null (json_object_get (line, "unsent_since")));
}

#define BATCH_AT_LEAST 8000 /* bytes */

static void
cut_after_a_batch (LimberMessage *request, gpointer net)
{
  if (g_bytes_get_size (request->body) > BATCH_AT_LEAST)
    test_net_set_fault (net, HUB, TEST_NET_CUT);
}

static void
what_remained_when_the_line_went_is_listed (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (json_t) line = NULL;
  gint64 since = 0;

  later (chain, HOUR);
  for (guint i = 0; i < LIMBER_PUSH_ENTRIES + 200; i++) {
    g_autofree char *text = g_strdup_printf ("0208 000 %04u", i);

    chain->desk->clock.now += SECOND;
    test_store_put (chain->desk->store, "patient", &chain->patient, "phone", text, NULL);
  }
  test_net_set_tamper (chain->net, cut_after_a_batch, chain->net);
  limber_client_sync_once (client, NULL, NULL); /* at central, once its hub is gone */
  test_net_set_tamper (chain->net, NULL, NULL);
  write_down (chain);
  line = line_at (chain->hub, chain->desk);
  g_assert_cmpint (limber_json_integer (line, "unsent", -1), ==, 200);
  g_assert_true (limber_time_parse (limber_json_string (line, "unsent_since"), &since));
  g_assert_cmpint (since, ==, TEST_NOW + HOUR + (LIMBER_PUSH_ENTRIES + 1) * SECOND);
}

static void
who_needs_somebody_comes_first (TestChain *chain, gconstpointer data)
{
  TestPlace *third = test_place_join (chain->net, chain->hub, LIMBER_CLASS_CLINIC, &chain->site, NULL), *fourth = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  TestPlace *wanted[] = { chain->desk, chain->kiosk, third, chain->hub, fourth };
  LimberFleetCounts counts;
  g_autoptr (json_t) list = NULL;

  test_place_sync (chain->desk);
  write_down (chain);
  later (chain, 2 * DAY);
  third->clock.now = fourth->clock.now = chain->hub->clock.now;
  g_assert_cmpuint (say (third, chain->hub, "{\"heads\":[],\"report\":{\"unsent\":0,\"free\":1000}}"), ==, 200);
  g_assert_cmpuint (say (chain->kiosk, chain->hub, "{\"heads\":[],\"report\":{\"unsent\":3,\"free\":1000}}"), ==, 200);
  test_store_put (chain->hub->store, "device", &limber_store_identity (fourth->store)->device, "revoked", "true", NULL);
  write_down (chain);
  list = list_at (chain->hub, &counts);
  g_assert_cmpuint (json_array_size (list), ==, G_N_ELEMENTS (wanted));
  /* the change to the device is the hub's own and not at central yet, so that the hub comes with those who have unsent ones */
  wanted[2] = chain->hub;
  wanted[3] = third;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autofree char *id = limber_id_dup_text (&limber_store_identity (wanted[i]->store)->device);

    g_assert_cmpstr (limber_json_string (json_array_get (list, i), "device"), ==, id);
  }
  g_assert_cmpint (counts.silent, ==, 1);
  g_assert_cmpint (counts.unsent, ==, 1);
  g_assert_cmpint (counts.disk, ==, 2);
  test_place_free (fourth);
  test_place_free (third);
}

/* Who was answered last is noted when the store has been given up already. */
static void
a_node_whose_store_is_given_up_goes_quietly (TestChain *chain, gconstpointer data)
{
  write_down (chain);
  g_assert_cmpuint (say (chain->desk, chain->hub, "{\"heads\":[],\"report\":{\"unsent\":3,\"free\":1000}}"), ==, 200);
  later (chain, 20 * SECOND);
  limber_store_close (chain->hub->store);
  limber_node_tick (chain->hub->node);
  while (g_main_context_iteration (NULL, FALSE)) /* a warning ends the test */
    ;
}

#define ADD(name, test) g_test_add ("/sync/fleet/" name, TestChain, NULL, test_chain_set_up, test, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("everybody-is-listed-where-they-were-met", everybody_is_listed_where_they_were_met);
  ADD ("the-node-itself-is-listed-as-it-is-now", the_node_itself_is_listed_as_it_is_now);
  ADD ("who-asks-all-day-long-causes-a-write-in-ten-minutes", who_asks_all_day_long_causes_a_write_in_ten_minutes);
  ADD ("who-says-nothing-is-seen-all-the-same", who_says_nothing_is_seen_all_the_same);
  ADD ("who-has-just-joined-is-not-silent", who_has_just_joined_is_not_silent);
  ADD ("what-is-told-for-the-first-time-is-kept-at-once", what_is_told_for_the_first_time_is_kept_at_once);
  ADD ("what-is-no-report-is-refused", what_is_no_report_is_refused);
  ADD ("a-device-speaks-for-itself-alone", a_device_speaks_for_itself_alone);
  ADD ("a-hub-speaks-for-its-own-site-alone", a_hub_speaks_for_its_own_site_alone);
  ADD ("what-a-hub-says-of-its-devices-is-bounded", what_a_hub_says_of_its_devices_is_bounded);
  ADD ("older-news-does-not-replace-newer", older_news_does_not_replace_newer);
  ADD ("what-was-not-taken-is-unsent", what_was_not_taken_is_unsent);
  ADD ("who-has-handed-over-all-is-listed-so", who_has_handed_over_all_is_listed_so);
  ADD ("what-remained-when-the-line-went-is-listed", what_remained_when_the_line_went_is_listed);
  ADD ("who-needs-somebody-comes-first", who_needs_somebody_comes_first);
  ADD ("a-node-whose-store-is-given-up-goes-quietly", a_node_whose_store_is_given_up_goes_quietly);
  return g_test_run ();
}
