/* Who may ask what of whom, from one table: every class of device, of the hub's site and of another, at the hub and at
 * central, at every endpoint; and whose names are in what they are told. */
#include <string.h>

#include "limber-base64.h"
#include "limber-call.h"
#include "limber-feed.h"
#include "limber-test-chain.h"

/* A letter for each person of whom an answer says so much: h of the hub's site, o of the other. */
typedef struct {
  LimberClass klass;
  gboolean    other; /* of the other site */
  const char *named[2], *born[2]; /* at the hub, at central */
  guint       find[2];            /* what who asks for somebody is answered there; this hub does not reach central */
} Cell;

static const Cell cells[] = {
  { LIMBER_CLASS_HUB, FALSE, { "h", "h" }, { "h", "h" }, { 403, 403 } },    { LIMBER_CLASS_HUB, TRUE, { "", "o" }, { "", "o" }, { 403, 403 } },
  { LIMBER_CLASS_DESK, FALSE, { "h", "h" }, { "h", "h" }, { 503, 200 } },   { LIMBER_CLASS_DESK, TRUE, { "", "o" }, { "", "o" }, { 403, 200 } },
  { LIMBER_CLASS_CLINIC, FALSE, { "h", "h" }, { "h", "h" }, { 503, 200 } }, { LIMBER_CLASS_CLINIC, TRUE, { "", "o" }, { "", "o" }, { 403, 200 } },
  { LIMBER_CLASS_KIOSK, FALSE, { "", "" }, { "h", "h" }, { 403, 403 } },    { LIMBER_CLASS_KIOSK, TRUE, { "", "" }, { "", "o" }, { 403, 403 } },
  { LIMBER_CLASS_BOARD, FALSE, { "", "" }, { "", "" }, { 403, 403 } },      { LIMBER_CLASS_BOARD, TRUE, { "", "" }, { "", "" }, { 403, 403 } },
  { LIMBER_CLASS_OFFICE, FALSE, { "h", "ho" }, { "h", "ho" }, { 503, 200 } },
};

static const struct {
  const char *letter, *family, *born;
} people[] = { { "h", "Canarywood", "1961-04-09" }, { "o", "Elsewhere", "1970-05-17" } };

/* What a known device is answered, and one that was revoked or let go. */
static const struct {
  const char *method, *path;
  guint       known, revoked;
} endpoints[] = {
  { "POST", "/sync/v1/push", 200, 200 },  { "GET", "/sync/v1/pull", 200, 401 },   { "POST", "/sync/v1/digest", 200, 401 }, { "GET", "/sync/v1/wake", 101, 401 },
  { "POST", "/sync/v1/leave", 200, 200 }, { "GET", "/sync/v1/leave", 404, 404 },
  { "GET", "/sync/v1/find", 404, 404 },   { "GET", "/sync/v1/push", 404, 404 },   { "POST", "/sync/v1/pull", 404, 404 },  { "DELETE", "/sync/v1/pull", 404, 404 }, { "GET", "/sync/v1/status", 404, 404 },
  { "GET", "/", 404, 404 },               { "GET", "/metrics", 404, 404 },        { "GET", "/health", 404, 404 },
};

static guint64 counter;

static char *
text_of (LimberMessage *answer)
{
  g_autoptr (GBytes) body = limber_message_unpack (answer, NULL);
  gsize length;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return text != NULL ? g_strndup (text, length) : g_strdup ("");
}

static char *
staff_text (void)
{
  LimberId staff;

  test_id (&staff, "receptionist");
  return limber_id_dup_text (&staff);
}

static LimberMessage *
ask (TestPlace *as, TestPlace *at, const char *method, const char *path, const char *query)
{
  g_autoptr (LimberMessage) request = limber_message_new (method, path, query);
  g_autofree guint8 *zeros = g_malloc0 (sizeof (LimberDigest));
  g_autofree char *buckets = limber_base64_dup (zeros, sizeof (LimberDigest)), *staff = staff_text ();
  g_autofree char *body = g_str_has_suffix (path, "find") ? g_strdup_printf ("{\"ask\":\"find\",\"id\":\"%s\",\"staff\":\"%s\",\"reason\":\"walk-in\",\"nhs_number\":\"9990000026\"}", staff, staff)
                                                          : g_strdup_printf ("{\"heads\":[],\"buckets\":\"%s\"}", buckets);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  if (g_str_equal (method, "POST"))
    limber_message_set_body (request, "application/json", bytes);
  return test_place_ask (as, at, request, limber_node_run (at->node), ++counter);
}

static guint
status_of (TestPlace *as, TestPlace *at, const char *method, const char *path)
{
  g_autoptr (LimberMessage) answer = ask (as, at, method, path, NULL);

  return answer->status;
}

static void
put_somebody_elsewhere (TestChain *chain)
{
  LimberId patient, appointment;
  g_autofree char *p = NULL, *s = limber_id_dup_text (&chain->other_site);

  test_id (&patient, "somebody elsewhere");
  test_id (&appointment, "an appointment elsewhere");
  p = limber_id_dup_text (&patient);
  test_store_put (chain->central->store, "patient", &patient, "number", "P2", "family", people[1].family, "given", "Ada", "born", people[1].born, NULL);
  test_store_put (chain->central->store, "appointment", &appointment, "patient", p, "site", s, "start", "2026-11-23T10:00:00Z", "status", "booked", NULL);
  test_chain_sync (chain);
}

static char *
cursor_in (const char *page)
{
  const char *at = strstr (page, "\"cursor\":\"");

  g_assert_nonnull (at);
  at += strlen ("\"cursor\":\"");
  return g_strdup_printf ("cursor=%.*s", (int) strcspn (at, "\""), at);
}

static void
assert_names (const char *text, const char *named, const char *born)
{
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++) {
    g_assert_true ((strstr (text, people[i].family) != NULL) == (strstr (named, people[i].letter) != NULL));
    g_assert_true ((strstr (text, people[i].born) != NULL) == (strstr (born, people[i].letter) != NULL));
  }
}

/* By a page, as a device that reads from the beginning; and by a digest, as one that has read all and holds nothing. */
static void
assert_told (TestPlace *as, TestPlace *at, const char *named, const char *born)
{
  g_autoptr (LimberMessage) page = ask (as, at, "GET", "/sync/v1/pull", NULL), digest = NULL;
  g_autofree char *text = text_of (page), *cursor = cursor_in (text), *rows = NULL;

  assert_names (text, named, born);
  digest = ask (as, at, "POST", "/sync/v1/digest", cursor);
  rows = text_of (digest);
  assert_names (rows, named, born);
}

static TestPlace *
join (TestChain *chain, const Cell *cell)
{
  return test_place_join (chain->net, chain->central, cell->klass, cell->klass == LIMBER_CLASS_OFFICE ? NULL : cell->other ? &chain->other_site : &chain->site, NULL);
}

static void
everybody_is_told_of_whom_they_may_know (TestChain *chain, gconstpointer data)
{
  TestPlace *nodes[] = { chain->hub, chain->central };

  put_somebody_elsewhere (chain);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    TestPlace *device = join (chain, &cells[i]);

    test_place_sync (chain->hub);
    for (gsize j = 0; j < G_N_ELEMENTS (nodes); j++) {
      g_test_message ("a %s of the %s site, at %s", limber_class_name (cells[i].klass), cells[i].other ? "other" : "hub's", j == 0 ? "the hub" : "central");
      assert_told (device, nodes[j], cells[i].named[j], cells[i].born[j]);
    }
    test_place_free (device);
  }
}

static void
shut_out (TestChain *chain, TestPlace *device, gboolean let_go)
{
  LimberId id = limber_store_identity (device->store)->device;

  test_store_put (chain->central->store, "device", &id, "revoked", let_go ? "false" : "true", "left", let_go ? "2026-11-23T10:00:00Z" : "", NULL);
  test_place_sync (chain->hub);
}

static void
every_endpoint_answers_as_the_table_says (TestChain *chain, gconstpointer data)
{
  TestPlace *nodes[] = { chain->hub, chain->central };
  LimberId staff;

  test_id (&staff, "receptionist");
  test_store_put (chain->central->store, "staff", &staff, "number", "S1", "family", "Reeve", "given", "Ann", "role", "reception", NULL);
  put_somebody_elsewhere (chain);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    TestPlace *device = join (chain, &cells[i]);

    test_place_sync (chain->hub);
    for (int standing = 0; standing < 3; standing++) {
      if (standing > 0)
        shut_out (chain, device, standing == 2);
      for (gsize j = 0; j < G_N_ELEMENTS (nodes) * G_N_ELEMENTS (endpoints); j++)
        g_assert_cmpuint (status_of (device, nodes[j % 2], endpoints[j / 2].method, endpoints[j / 2].path), ==, standing > 0 ? endpoints[j / 2].revoked : endpoints[j / 2].known);
      for (gsize j = 0; j < G_N_ELEMENTS (nodes); j++) {
        g_test_message ("a %s of the %s site, at %s", limber_class_name (cells[i].klass), cells[i].other ? "other" : "hub's", j == 0 ? "the hub" : "central");
        g_assert_cmpuint (status_of (device, nodes[j], "POST", "/sync/v1/find"), ==, standing > 0 ? 401 : cells[i].find[j]);
      }
    }
    test_place_free (device);
  }
}

/* Neither from what they are answered nor from its length can somebody learn whether there is such a device, or such a thing. */
static void
a_stranger_learns_nothing (TestChain *chain, gconstpointer data)
{
  TestNet *net = test_net_new ();
  TestPlace *elsewhere = test_place_central (net, "test://theirs"), *stranger = test_place_join (net, elsewhere, LIMBER_CLASS_OFFICE, NULL, NULL);
  g_autofree char *first = NULL;

  stranger->net = chain->net;
  for (gsize i = 0; i < 5; i++) {
    g_autoptr (LimberMessage) answer = ask (stranger, chain->hub, endpoints[i].method, endpoints[i].path, NULL);
    g_autofree char *text = text_of (answer);

    g_assert_cmpuint (answer->status, ==, 401);
    first = first != NULL ? first : g_strdup (text);
    g_assert_cmpstr (text, ==, first);
  }
  stranger->net = net;
  test_place_free (stranger);
  test_place_free (elsewhere);
  g_object_unref (net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/access/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)
  ADD ("everybody is told of whom they may know", everybody_is_told_of_whom_they_may_know);
  ADD ("every endpoint answers as the table says", every_endpoint_answers_as_the_table_says);
  ADD ("a stranger learns nothing", a_stranger_learns_nothing);
  return g_test_run ();
}
