#include "limber-sim-world.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-kinds.h"
#include "limber-sim-asked.h"
#include "limber-sim-board.h"
#include "limber-sim-fault.h"
#include "limber-sim-newer.h"
#include "limber-sim-receipt.h"
#include "limber-sim-scope.h"
#include "limber-test.h"
#include "limber-verify.h"

#define HEALING (2 * SIM_MINUTE)
#define LOST 1 /* what central had, and lost with both its disks: it takes a while till that is known elsewhere */
#define ROUNDS 10

/* What a client says when a digest differed. Without faults nothing ever may (I10): a digest that puts right what nobody
 * put wrong hides a mistake. */
static void
on_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  SimWorld *world = data;

  sim_loop_note (world->loop, "%s", message);
  world->alarms++;
  if (world->family & SIM_NO_FAULTS)
    sim_problem (world->problems, "I10 without any fault: %s", message);
}

static void
copy_free (SimCopy *copy)
{
  g_free (copy->folder);
  g_free (copy);
}

guint
sim_world_number (SimWorld *world, SimPlace *place)
{
  guint number = 0;

  g_assert_true (g_ptr_array_find (world->places, place, &number));
  return number;
}

SimPlace *
sim_world_place (SimWorld *world, guint number)
{
  return g_ptr_array_index (world->places, number);
}

/**
 * sim_world_node_of:
 *
 * Returns: (transfer none): whom @place asks first
 */
SimPlace *
sim_world_node_of (SimWorld *world, SimPlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (world->hubs); i++)
    if (place->klass != LIMBER_CLASS_HUB && limber_id_equal (&place->site, &world->hubs[i]->site))
      return world->hubs[i];
  return world->central;
}

/* "Synced" is shown only when central has all that was written here (I13). */
static void
on_up_to_date (SimPlace *place, gpointer data)
{
  SimWorld *world = data;
  guint number = sim_world_number (world, place);
  g_autoptr (GHashTable) held = NULL;

  if (world->central->store == NULL || world->central->crashed)
    return;
  held = sim_ledger_bodies_at (world->central);
  for (guint i = 0; i < sim_ledger_length (world->ledger); i++) {
    const SimEntry *entry = sim_ledger_entry (world->ledger, i);

    if (entry->author == number && !entry->erased && !(entry->gone & (G_GUINT64_CONSTANT (1) << number | LOST)) && !g_hash_table_contains (held, &entry->id)) {
      g_autofree char *id = limber_id_dup_text (&entry->id);

      sim_problem (world->problems, "I13 %s says that all is sent, but central has not heard of %s", place->name, id);
    }
  }
}

static void
on_opened (SimPlace *place, gpointer data)
{
  SimWorld *world = data;

  if (place == world->central)
    sim_fault_end_doubt (world);
  sim_watch_opened (world->watch, place, sim_world_number (world, place));
}

static void
on_brought (SimPlace *place, gpointer data)
{
  sim_receipt_check (data, place);
}

/* What was said to be saved is there after the power was gone. */
static void
on_restarted (SimPlace *place, gpointer data)
{
  SimWorld *world = data;
  guint number = sim_world_number (world, place);
  g_autoptr (GHashTable) held = sim_ledger_held_by (place);

  for (guint i = 0; i < sim_ledger_length (world->ledger); i++) {
    const SimEntry *entry = sim_ledger_entry (world->ledger, i);
    g_autofree char *id = limber_id_dup_text (&entry->id);

    if (entry->author == number && !(entry->gone & G_GUINT64_CONSTANT (1) << number) && !g_hash_table_contains (held, &entry->id))
      sim_problem (world->problems, "D %s has lost %s, which was said to be saved", place->name, id);
  }
}

/**
 * sim_world_add:
 *
 * Adds a machine. Without digests those of a site speak to its hub alone: whom central told a device to forget, and took
 * in again later, a hub that was off meanwhile does not send anew. Only a digest puts that right (SYNC.md rule 18). Nor does a
 * waiting-room screen speak to two where a digest may find nothing: each says of itself who runs late, at its own minute.
 */
SimPlace *
sim_world_add (SimWorld *world, const char *name, LimberClass klass, const LimberId *site, const char *url)
{
  SimPlace *place = sim_place_new (world->loop, world->net, world->seed, world->folder, name, klass, site, url);
  gboolean alone = (world->family & SIM_NO_DIGEST) || ((world->family & SIM_NO_FAULTS) && klass == LIMBER_CLASS_BOARD);

  place->no_compare = (world->family & SIM_NO_DIGEST) != 0;
  place->on_up_to_date = on_up_to_date;
  place->on_opened = on_opened;
  place->on_brought = on_brought;
  place->on_restarted = on_restarted;
  place->data = world;
  for (guint i = 0; alone && site != NULL && klass != LIMBER_CLASS_HUB && i < 2; i++)
    if (limber_id_equal (site, &world->sites[i]))
      sim_port_set_only (place->port, world->hubs[i]->port);
  g_ptr_array_add (world->places, place);
  return place;
}

static void
add_site (SimWorld *world, guint n)
{
  static const struct {
    const char *name;
    LimberClass klass;
  } devices[] = { { "desk", LIMBER_CLASS_DESK }, { "kiosk", LIMBER_CLASS_KIOSK }, { "clinic", LIMBER_CLASS_CLINIC }, { "board", LIMBER_CLASS_BOARD } };
  g_autofree char *hub = g_strdup_printf ("hub-%u", n), *url = g_strdup_printf ("http://hub-%u", n);

  world->hubs[n] = sim_world_add (world, hub, LIMBER_CLASS_HUB, &world->sites[n], url);
  sim_place_join (world->hubs[n], world->central, NULL);
  sim_world_pass (world, SIM_MINUTE);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    g_autofree char *name = g_strdup_printf ("%s-%u", devices[i].name, n);

    if ((devices[i].klass == LIMBER_CLASS_CLINIC && n > 0) || (devices[i].klass == LIMBER_CLASS_BOARD && !world->boards[n])) /* the second site has no clinician */
      continue;
    sim_place_join (sim_world_add (world, name, devices[i].klass, &world->sites[n], NULL), world->hubs[n], NULL);
  }
}

static void
take_all (SimWorld *world)
{
  for (guint i = 0; i < world->places->len; i++)
    sim_ledger_take (world->ledger, sim_world_place (world, i), i);
}

static void
build (SimWorld *world)
{
  static const char *const codes[] = { "LMB01", "LMB02" }, *const names[] = { "Harrow", "Pinner" };

  world->central = sim_world_add (world, "central", LIMBER_CLASS_CENTRAL, NULL, "http://central");
  sim_place_make_central (world->central);
  for (guint i = 0; i < 2; i++) {
    test_id (&world->sites[i], codes[i]);
    test_store_put (world->central->store, "site", &world->sites[i], "code", codes[i], "name", names[i], NULL);
  }
  for (guint i = 0; i < 2; i++)
    add_site (world, i);
  sim_place_join (sim_world_add (world, "office", LIMBER_CLASS_OFFICE, NULL, NULL), world->central, NULL);
  sim_world_pass (world, SIM_MINUTE);
  take_all (world);
}

/* One world a process at a time. */
static char *
name_folder (int process)
{
  return g_strdup_printf ("%s/limber-sim-%d", g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir (), process);
}

/**
 * sim_world_remove_left:
 *
 * Removes what a process that died has left of its world.
 */
void
sim_world_remove_left (int process)
{
  g_autofree char *folder = name_folder (process);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    sim_place_remove_folder (folder);
}

/* In about half of the seeds one of the sites has a waiting-room screen, or both have. */
static void
draw_boards (SimWorld *world)
{
  SimRandom random;

  sim_random_init (&random, world->seed, "boards", 0);
  for (guint i = 0; i < G_N_ELEMENTS (world->boards); i++)
    world->boards[i] = (world->family & SIM_BOARDS) || (!(world->family & SIM_STEADY) && sim_random_chance (&random, 0.3));
}

/* Some hour of the year, so that both changes of the clocks are met. */
static gint64
draw_beginning (guint64 seed, SimFamily family)
{
  SimRandom random;

  if (family & SIM_NO_RESTS)
    return 0;
  sim_random_init (&random, seed, "beginning", 0);
  return sim_random_range (&random, 0, 365 * 24) * SIM_HOUR;
}

/**
 * sim_world_new:
 *
 * Returns: (transfer full): a service in which everybody has met and nobody has been entered yet
 */
SimWorld *
sim_world_new (guint64 seed, SimFamily family, gboolean trace)
{
  SimWorld *world = g_new0 (SimWorld, 1);

  sim_disk_install (seed);
  world->seed = seed;
  world->family = family;
  world->began = draw_beginning (seed, family);
  world->loop = sim_loop_new (world->began, trace);
  world->net = sim_net_new (world->loop, seed);
  sim_world_remove_left (getpid ()); /* of a process that was stopped and had the same number */
  world->folder = name_folder (getpid ());
  g_assert_no_errno (g_mkdir (world->folder, 0700));
  world->places = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_place_free);
  world->copies = g_ptr_array_new_with_free_func ((GDestroyNotify) copy_free);
  world->problems = g_ptr_array_new_with_free_func (g_free);
  world->ledger = sim_ledger_new ();
  world->watch = sim_watch_new (world->loop, world->ledger, world->problems);
  world->log = g_log_set_handler ("limber", G_LOG_LEVEL_MESSAGE, on_message, world);
  draw_boards (world);
  build (world);
  return world;
}

void
sim_world_free (SimWorld *world)
{
  g_log_remove_handler ("limber", world->log);
  for (guint i = 0; i < world->places->len; i++)
    sim_place_set_offline (sim_world_place (world, i), TRUE);
  sim_loop_go_on (world->loop);
  for (guint i = 0; i < world->places->len; i++) {
    sim_world_place (world, i)->gone = TRUE;
    sim_place_close (sim_world_place (world, i));
  }
  sim_loop_run (world->loop, 2 * SIM_DAY); /* what is under way comes to its end */
  sim_watch_free (world->watch);
  g_ptr_array_unref (world->places);
  sim_net_free (world->net);
  sim_loop_free (world->loop);
  sim_ledger_free (world->ledger);
  g_ptr_array_unref (world->copies);
  g_ptr_array_unref (world->problems);
  for (guint i = 0; i < SIM_PEOPLE; i++)
    for (guint j = 0; j < 3; j++)
      g_free (world->list[i][j]);
  limber_kinds_use (sim_version_present ());
  sim_place_remove_folder (world->folder);
  g_free (world->folder);
  g_free (world->backup);
  g_free (world);
}

static gboolean
is_awake (SimPlace *place)
{
  return place->node != NULL && !place->crashed;
}

static void
look_at_clocks (SimWorld *world)
{
  for (guint i = 0; i < world->places->len; i++)
    if (is_awake (sim_world_place (world, i)))
      limber_node_tick (sim_world_place (world, i)->node);
  sim_loop_settle (world->loop);
}

/* Microseconds until a node comes to midnight, by its own clock. A node looks at it every minute, and finds nothing at
 * all other times, so it need not look then. */
static gint64
until_midnight (SimWorld *world)
{
  gint64 least = SIM_DAY;

  for (guint i = 0; i < world->places->len; i++)
    if (is_awake (sim_world_place (world, i))) {
      gint64 now = limber_env_now (sim_world_place (world, i)->env), end;
      char day[LIMBER_DATE_LENGTH + 1];

      limber_date_of_time (now, day);
      if (limber_date_bounds (day, NULL, &end))
        least = MIN (least, (end - now) * 1000);
    }
  return MAX (least, SIM_SECOND);
}

/**
 * sim_world_pass:
 *
 * Lets time pass.
 */
void
sim_world_pass (SimWorld *world, gint64 microseconds)
{
  while (microseconds > 0 && !sim_loop_is_stuck (world->loop)) {
    gint64 step = MIN (microseconds, until_midnight (world));

    sim_loop_run (world->loop, step);
    look_at_clocks (world);
    microseconds -= step;
  }
}

/* A session is over. Where nothing goes wrong the hub is on again before anybody looks for it, since a device that speaks
 * to central first, and to its hub after, leaves the hub with what only a digest puts right (limber-sim-truth.h). */
static void
close_site (SimWorld *world, const LimberId *site, gint64 microseconds, gint64 earlier)
{
  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);
    gboolean first = place->klass == LIMBER_CLASS_HUB && (world->family & SIM_NO_FAULTS);

    if (place != world->central && limber_id_equal (&place->site, site))
      sim_place_close_for (place, microseconds - (first ? earlier : sim_random_range (&place->fate, 0, earlier)));
  }
}

/**
 * sim_world_rest:
 * @random: what decides who does
 *
 * Lets much time pass, as between two sessions: mostly a site's machines are all switched off meanwhile, the hub's too,
 * and come on again one after the other in its last minute. At times somebody leaves them on.
 */
void
sim_world_rest (SimWorld *world, SimRandom *random, gint64 microseconds)
{
  static const LimberId nowhere; /* the office */
  const LimberId *const sites[] = { &world->sites[0], &world->sites[1], &nowhere };
  gint64 earlier = MIN (microseconds / 2, SIM_MINUTE);

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    if (sim_random_chance (random, 0.8))
      close_site (world, sites[i], microseconds, earlier);
  world->rests++;
  sim_loop_note (world->loop, "nobody comes for %d min", (int) (microseconds / SIM_MINUTE));
  sim_world_pass (world, microseconds);
}

/**
 * sim_world_write:
 * @what: for the trace
 *
 * Somebody does something at @place. What is said to be saved goes into the ledger.
 *
 * Returns: whether it was said to be saved
 */
gboolean
sim_world_write (SimWorld *world, SimPlace *place, const char *what, LimberWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean saved;

  if (place->store == NULL || place->crashed)
    return FALSE;
  saved = limber_store_write (place->store, func, data, &error);
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT))
    sim_problem (world->problems, "W %s: %s: %s", place->name, what, error->message);
  if (saved && !place->crashed)
    saved = sim_ledger_take (world->ledger, place, sim_world_number (world, place)) > 0;
  sim_loop_note (world->loop, "%s: %s%s%s", place->name, what, error != NULL ? " not saved: " : saved ? "" : " changed nothing", error != NULL ? error->message : "");
  return saved;
}

static gboolean
is_at_rest (SimWorld *world)
{
  for (guint i = 1; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);

    if (!place->gone && !place->revoked && limber_client_get_state (place->client) != LIMBER_CLIENT_UP_TO_DATE)
      return FALSE;
  }
  return TRUE;
}

/* Whoever has nothing to say does not hear that his clock was put right. */
static void
ask_all (SimWorld *world)
{
  for (guint i = 0; i < world->places->len; i++)
    if (sim_world_place (world, i)->client != NULL)
      limber_client_sync_now (sim_world_place (world, i)->client);
}

/**
 * sim_world_heal:
 *
 * All machines are on, all lines up, all clocks right; then everybody must come to rest in a bounded time.
 */
void
sim_world_heal (SimWorld *world)
{
  guint rounds = 0;

  sim_loop_note (world->loop, "everything is mended");
  sim_net_mend (world->net);
  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);

    place->skew = 0;
    place->closed = FALSE;
    sim_disk_doom (place->disk, 0);
    sim_disk_fill (place->disk, FALSE);
    if (place->crashed)
      sim_place_close (place);
    sim_place_open (place);
    sim_place_set_offline (place, FALSE);
  }
  ask_all (world);
  sim_world_pass (world, HEALING);
  ask_all (world); /* a device that asked before its hub's clock was right has its clock from that */
  if (until_midnight (world) < (ROUNDS + 2) * HEALING) /* which brings changes of its own */
    sim_world_pass (world, (ROUNDS + 2) * HEALING);
  do
    sim_world_pass (world, HEALING);
  while (++rounds < ROUNDS && (rounds < 3 || !is_at_rest (world)));
  world->alarms = 0;
  sim_world_pass (world, HEALING);
  if (world->alarms > 0)
    sim_problem (world->problems, "I10 a digest differs though everybody is at rest");
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  return limber_verify (reader, data, error);
}

static void
check_ledger (SimWorld *world)
{
  g_autoptr (GHashTable) held = sim_ledger_held_by (world->central), bodies = sim_ledger_bodies_at (world->central);

  for (guint i = 0; i < world->places->len; i++)
    if (!sim_world_place (world, i)->gone) /* what it held when it went is in the ledger */
      sim_ledger_look (world->ledger, sim_world_place (world, i), i);
  for (guint i = 0; i < sim_ledger_length (world->ledger); i++) {
    const SimEntry *entry = sim_ledger_entry (world->ledger, i);
    g_autofree char *id = limber_id_dup_text (&entry->id);

    if (!g_hash_table_contains (entry->erased ? held : bodies, &entry->id) && (entry->held & ~entry->gone) != 0)
      sim_problem (world->problems, "I1 central has not %s, which was saved at %s (held by %" G_GINT64_MODIFIER "x, rolled back at %" G_GINT64_MODIFIER "x)", id,
                   sim_world_place (world, entry->author)->name, entry->held, entry->gone);
  }
}

static void
check_place (SimWorld *world, SimTruth *truth, SimPlace *place)
{
  gboolean roamed = (world->family & (SIM_NO_DIGEST | SIM_NO_FAULTS)) == SIM_NO_DIGEST;
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  if (place->told_to_go && !place->gone)
    sim_problem (world->problems, "L %s was told to go, and is still there", place->name);
  if (place->gone)
    return;

  if (!limber_store_read (place->store, verify, &report, &error) && !(place == world->central && world->holed)) {
    g_autofree char *text = limber_json_dup (json_object_get (report, "problems"));

    sim_problem (world->problems, "I15 %s: %s %.400s", place->name, error->message, text);
  }
  if (place == world->central || place->revoked)
    return;
  if (limber_client_get_state (place->client) != LIMBER_CLIENT_UP_TO_DATE)
    sim_problem (world->problems, "L %s does not come to rest: state %d, %u pending, %s", place->name, limber_client_get_state (place->client), limber_client_get_pending (place->client),
                 limber_client_get_error (place->client) != NULL ? limber_client_get_error (place->client) : "no error");
  sim_scope_check (truth, world->ledger, world->central, place, roamed, world->problems);
  if (place->klass == LIMBER_CLASS_BOARD)
    sim_board_check (truth, world->central, place, roamed, world->problems);
  if (place->klass == LIMBER_CLASS_KIOSK)
    sim_asked_check (truth, world->ledger, world->central, place, world->problems);
  if (world->versions)
    sim_newer_check (truth, world->ledger, world->central, sim_world_node_of (world, place), place, roamed, world->problems);
}

/**
 * sim_world_check:
 *
 * Checks the invariants of SYNC.md, once everybody is at rest.
 */
void
sim_world_check (SimWorld *world)
{
  g_autoptr (SimTruth) truth = sim_truth_new (world->central, world->problems);

  check_ledger (world);
  sim_place_enter (world->central);
  sim_truth_check (truth, world->central, world->problems);
  for (guint i = 0; i < world->places->len; i++)
    check_place (world, truth, sim_world_place (world, i));
  for (guint i = 0; i < world->places->len; i++)
    if (!sim_world_place (world, i)->gone)
      sim_watch_rest (world->watch, sim_world_place (world, i));
}
