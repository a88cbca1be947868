/* A line that is cut and a node that is off come back by themselves after a while, since whoever cannot reach them asks
 * every few seconds; who is away for long does not ask at all. */
#include "limber-sim-fault.h"

#include <glib/gstdio.h>
#include <string.h>

#include "limber-backup.h"
#include "limber-base64.h"
#include "limber-departure.h"
#include "limber-restore.h"
#include "limber-scope.h"
#include "limber-sim-truth.h"
#include "limber-sim-work.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

#define COPIES 6
#define PLACES 14
#define CLOCK_COARSE 1000 /* milliseconds: so much the way of an answer may take */

typedef struct {
  SimWorld *world;
  SimPlace *a, *b;
} Pair;

static SimPlace *
any_place (SimWorld *world, SimRandom *random)
{
  return sim_world_place (world, sim_random_below (random, world->places->len));
}

/* Lines. */

static gboolean
mend (gpointer data)
{
  Pair *pair = data;

  sim_net_cut (pair->world->net, pair->a->port, pair->b->port, FALSE);
  return G_SOURCE_REMOVE;
}

static void
cut (SimWorld *world, SimPlace *a, SimPlace *b, gint64 microseconds)
{
  Pair pair = { world, a, b };

  sim_loop_note (world->loop, "the line between %s and %s is cut for %d s", a->name, b->name, (int) (microseconds / SIM_SECOND));
  sim_net_cut (world->net, a->port, b->port, TRUE);
  sim_loop_after (world->loop, microseconds, mend, g_memdup2 (&pair, sizeof pair), g_free);
}

/* One line; or a whole site loses the internet; or a device its site. */
void
sim_fault_cut (SimWorld *world, SimRandom *random)
{
  gint64 microseconds = sim_random_range (random, SIM_SECOND / 10, sim_random_chance (random, 0.2) ? 5 * SIM_MINUTE : 30 * SIM_SECOND);
  SimPlace *place = any_place (world, random), *hub = world->hubs[sim_random_below (random, 2)];

  if (sim_random_chance (random, 0.5) || place == world->central) {
    for (guint i = 1; i < world->places->len; i++)
      if (limber_id_equal (&sim_world_place (world, i)->site, &hub->site))
        cut (world, sim_world_place (world, i), world->central, microseconds);
  } else
    for (guint i = 0; i < 3; i++) {
      SimPlace *node = i < 2 ? world->hubs[i] : world->central;

      if (node != place && sim_random_chance (random, 0.6))
        cut (world, place, node, microseconds);
    }
}

void
sim_fault_leave (SimWorld *world, SimRandom *random)
{
  SimPlace *place = any_place (world, random);

  sim_loop_note (world->loop, "%s works alone", place->name);
  sim_place_set_offline (place, TRUE);
}

void
sim_fault_come_back (SimWorld *world, SimRandom *random)
{
  for (guint i = 0; i < world->places->len; i++)
    if (sim_random_chance (random, 0.6) && !sim_world_place (world, i)->revoked) {
      sim_loop_note (world->loop, "%s works with the others", sim_world_place (world, i)->name);
      sim_place_set_offline (sim_world_place (world, i), FALSE);
    }
}

/* Power and disks. */

static gboolean
switch_on (gpointer data)
{
  SimPlace *place = data;

  if (!place->crashed)
    sim_place_open (place);
  return G_SOURCE_REMOVE;
}

void
sim_fault_off (SimWorld *world, SimRandom *random)
{
  SimPlace *place = any_place (world, random);
  gint64 microseconds = sim_random_range (random, SIM_SECOND, place->node != NULL ? SIM_MINUTE : SIM_DAY);

  if (place->store == NULL || place->crashed)
    return;
  sim_loop_note (world->loop, "%s is switched off for %d s", place->name, (int) (microseconds / SIM_SECOND));
  sim_place_close (place);
  sim_loop_after (world->loop, microseconds, switch_on, place, NULL);
}

void
sim_fault_crash (SimWorld *world, SimRandom *random)
{
  sim_disk_doom (any_place (world, random)->disk, 1 + sim_random_below (random, 60));
}

static gboolean
make_room (gpointer data)
{
  sim_disk_fill (((SimPlace *) data)->disk, FALSE);
  return G_SOURCE_REMOVE;
}

void
sim_fault_full (SimWorld *world, SimRandom *random)
{
  SimPlace *place = any_place (world, random);

  sim_loop_note (world->loop, "the disk of %s is full", place->name);
  sim_disk_fill (place->disk, TRUE);
  sim_loop_after (world->loop, sim_random_range (random, SIM_SECOND, 2 * SIM_MINUTE), make_room, place, NULL);
}

/* Copies of disks. */

static SimCopy *
new_copy (SimWorld *world, SimPlace *place)
{
  SimCopy *copy = g_new0 (SimCopy, 1);

  copy->place = sim_world_number (world, place);
  copy->folder = g_strdup_printf ("%s/copy-%u", world->folder, world->made++);
  g_ptr_array_add (world->copies, copy);
  if (world->copies->len > COPIES) {
    g_autofree char *old = g_strdup (((SimCopy *) g_ptr_array_index (world->copies, 0))->folder);

    g_ptr_array_remove_index (world->copies, 0);
    sim_place_remove_folder (old);
  }
  return copy;
}

void
sim_fault_copy (SimWorld *world, SimRandom *random)
{
  SimPlace *place = any_place (world, random);

  if (place == world->central || place->store == NULL || place->crashed)
    return;
  sim_loop_note (world->loop, "the disk of %s is copied", place->name);
  sim_place_copy_disk (place->folder, new_copy (world, place)->folder);
}

static void
put_back (SimWorld *world, const SimCopy *copy)
{
  SimPlace *place = sim_world_place (world, copy->place);

  sim_loop_note (world->loop, "%s is put back to an old copy", place->name);
  sim_ledger_look (world->ledger, place, copy->place);
  sim_disk_doom (place->disk, 0); /* it is watched while it comes back */
  sim_disk_fill (place->disk, FALSE);
  sim_place_close (place);
  sim_place_copy_disk (copy->folder, place->folder);
  place->has_form = FALSE;
  sim_place_open (place);
  sim_ledger_rolled_back (world->ledger, place, copy->place);
  sim_watch_put_back (world->watch, place);
}

static gboolean
is_running (SimPlace *place)
{
  return place->store != NULL && !place->crashed;
}

/* A disk is put back to what it was: whatever it has taken in since is gone from there. */
void
sim_fault_restore (SimWorld *world, SimRandom *random)
{
  SimCopy *copy = world->copies->len > 0 ? g_ptr_array_index (world->copies, sim_random_below (random, world->copies->len)) : NULL;

  if (copy != NULL && is_running (sim_world_place (world, copy->place)))
    put_back (world, copy);
}

/* A hub's disk is, so quickly that what is on its way to it comes to it all the same. */
void
sim_fault_put_back (SimWorld *world, SimRandom *random)
{
  for (guint i = 0; i < world->copies->len; i++) {
    SimCopy *copy = g_ptr_array_index (world->copies, i);
    SimPlace *place = sim_world_place (world, copy->place);

    if (place->klass != LIMBER_CLASS_HUB || !is_running (place))
      continue;
    for (guint j = 0; j < 3; j++)
      sim_work_edit (world, random);
    sim_world_pass (world, SIM_SECOND / 500);
    if (is_running (place))
      put_back (world, copy);
    return;
  }
}

/* Central's backups are made and put back by Limber itself, with its second file (SYNC.md rules 13 and 14). */
void
sim_fault_backup (SimWorld *world, SimRandom *random)
{
  g_autofree char *file = g_strdup_printf ("%s/backup-%u.db", world->folder, world->made++);
  g_autoptr (GHashTable) bodies = NULL;
  g_autoptr (GError) error = NULL;

  if (world->central->store == NULL || world->central->crashed)
    return;
  bodies = sim_ledger_bodies_at (world->central);
  /* When the power goes while central notes that it has been made, the copy is there all the same, and counts. */
  if (limber_backup_write (world->central->store, file, TRUE, &error) || g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_free (world->backup);
    world->backup = g_steal_pointer (&file);
    sim_ledger_back_up (world->ledger, bodies, sim_loop_now (world->loop));
  }
  sim_loop_note (world->loop, "central is backed up%s%s", error != NULL ? ": " : "", error != NULL ? error->message : "");
}

/* In some of the restores, drawn from a stream of their own, central's second file was moved to another disk since the backup was
 * made; the store that gives way knows. Returns (transfer full) where it is. */
static char *
move_second (SimWorld *world, LimberEnv *env, const char *dir, char *second)
{
  g_autofree char *folder = g_strdup_printf ("%s/disk-%u", world->central->folder, world->made), *from = second;
  g_autoptr (GError) error = NULL;
  SimRandom random;

  sim_random_init (&random, world->seed, "second", world->made);
  if ((world->family & SIM_STEADY) || sim_random_chance (&random, 0.7) || !g_file_test (second, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&from);
  second = g_build_filename (folder, "journal", NULL);
  world->made++;
  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_no_errno (g_rename (from, second));
  limber_store_place_second (dir, env, second, &error);
  g_assert_no_error (error);
  sim_loop_note (world->loop, "central's second file is on another disk");
  return second;
}

static void
restore_central (SimWorld *world, const char *what, void (*harm) (SimWorld *world, SimRandom *random, const char *second), SimRandom *random)
{
  SimPlace *central = world->central;
  g_autofree char *dir = sim_place_store_dir (central), *second = NULL;
  g_autoptr (LimberEnv) env = NULL;
  g_autoptr (GError) error = NULL;

  if (world->backup == NULL || !is_running (central))
    return;
  sim_loop_note (world->loop, "central is put back to its last backup%s", what);
  sim_disk_doom (central->disk, 0);
  sim_disk_fill (central->disk, FALSE);
  if (harm != NULL)
    sim_ledger_look (world->ledger, central, 0);
  second = limber_store_second (central->store);
  if (second == NULL)
    second = g_build_filename (dir, "second", "journal", NULL);
  sim_place_close (central);
  env = sim_place_env (central);
  sim_place_enter (central);
  second = move_second (world, env, dir, g_steal_pointer (&second));
  if (harm != NULL)
    harm (world, random, second);
  sim_version_bring_up (central->kinds, world->backup, env, &error);
  g_assert_no_error (error);
  limber_restore_run (dir, world->backup, NULL, env, &error);
  g_assert_no_error (error);
  sim_place_open (central);
  if (harm == NULL)
    return;
  sim_ledger_rolled_back (world->ledger, central, 0);
  sim_watch_put_back (world->watch, central);
}

void
sim_fault_restore_central (SimWorld *world, SimRandom *random)
{
  restore_central (world, "", NULL, random);
}

static void
lose (SimWorld *world, SimRandom *random, const char *second)
{
  g_unlink (second);
}

/* And its second file was on the same disk: what nobody else has is gone. */
void
sim_fault_lose_second (SimWorld *world, SimRandom *random)
{
  restore_central (world, ", without its second file", lose, random);
}

/* One line of it that central wrote itself. */
static void
make_hole (SimWorld *world, SimRandom *random, const char *second)
{
  g_autofree char *own = limber_base64_dup (world->central->device.bytes, sizeof world->central->device.bytes), *text = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (second, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], own) != NULL && strstr (lines[i], "\"revoked\"") == NULL && strstr (lines[i], "\"erasure\"") == NULL)
      g_ptr_array_add (found, lines[i]);
  if (found->len > 0)
    memset (g_ptr_array_index (found, sim_random_below (random, found->len)), 'x', 8);
  g_free (text);
  text = g_strjoinv ("\n", lines);
  g_assert_true (g_file_set_contents (second, text, -1, NULL));
}

/* And a line of its second file cannot be read: it takes with it what goes on from it. */
void
sim_fault_hole (SimWorld *world, SimRandom *random)
{
  world->holed = world->holed || world->backup != NULL;
  restore_central (world, ", with a hole in its second file", make_hole, random);
}

void
sim_fault_clone (SimWorld *world, SimRandom *random)
{
  SimPlace *from = sim_work_pick_place (world, random, LIMBER_CLASS_ALL & ~LIMBER_CLASS_NODES), *to;
  g_autofree char *name = g_strdup_printf ("copy-of-%s-%u", from != NULL ? from->name : "", world->places->len);
  gboolean live = sim_random_chance (random, 0.3);
  LimberWriterState state;

  if (from == NULL || world->places->len >= PLACES || !limber_store_write (from->store, test_store_take_state, &state, NULL))
    return;
  sim_loop_note (world->loop, "%s is copied, and both run%s", from->name, live ? " on" : "");
  to = sim_world_add (world, name, from->klass, limber_scope_is_all (from->klass) ? NULL : &from->site, NULL);
  to->skew = from->skew;
  to->revoked = from->revoked;
  to->told_to_go = from->told_to_go;
  sim_place_copy_disk (from->folder, to->folder);
  to->kinds = from->kinds;
  sim_place_open (to);
  if (live)
    world->snapshot = limber_store_write (to->store, test_store_put_state, &state, NULL) || world->snapshot;
  sim_ledger_look (world->ledger, to, sim_world_number (world, to));
}

/* Clocks and trust. */

void
sim_fault_clock (SimWorld *world, SimRandom *random)
{
  static const gint64 far[] = { -G_GINT64_CONSTANT (1795420000000) /* 1970 */, G_GINT64_CONSTANT (2304000000000) /* 2099 */ };
  SimPlace *place = any_place (world, random);

  if (place == world->central)
    return;
  sim_watch_clock (world->watch);
  place->skew = sim_random_chance (random, 0.3) ? far[sim_random_below (random, 2)] : sim_random_range (random, -600000, 600000);
  sim_loop_note (world->loop, "the clock of %s is %d s wrong", place->name, (int) (place->skew / 1000));
}

/* Everybody is there, and asks: then all have central's time, whatever their own clocks say (SYNC.md rule 4). Hubs come
 * first, for a device has its time from its hub. */
void
sim_fault_tell_time (SimWorld *world, SimRandom *random)
{
  for (guint round = 0; round < 2; round++) {
    for (guint i = 1; i < world->places->len; i++) {
      sim_place_set_offline (sim_world_place (world, i), TRUE);
      sim_place_set_offline (sim_world_place (world, i), FALSE);
    }
    sim_world_pass (world, SIM_MINUTE);
  }
  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);
    gint64 wrong = is_running (place) ? limber_env_now (place->env) - limber_env_now (world->central->env) : 0;

    if (ABS (wrong) > CLOCK_COARSE)
      sim_problem (world->problems, "R4 %s takes the time for %d s more than central has, though it has asked", place->name, (int) (wrong / 1000));
  }
}

static gboolean
revoke_device (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("device", data);

  limber_edit_set_integer (edit, "revoked", 1);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* Somebody puts it in a cupboard. */
static gboolean
give_up (gpointer data)
{
  sim_place_set_offline (data, TRUE);
  return G_SOURCE_REMOVE;
}

/* What it wrote until now, also what nobody has been told of. */
static void
take_down (SimWorld *world, const LimberId *device)
{
  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);

    if (limber_id_equal (&place->device, device) && place->store != NULL && !place->crashed)
      sim_ledger_take (world->ledger, place, i);
  }
}

/* One device in a run; its copies are revoked with it. */
static void
shut_out (SimWorld *world, const LimberId *device, SimRandom *random)
{
  sim_ledger_revoke (world->ledger, world->central, device);
  for (guint i = 0; i < world->places->len; i++)
    if (limber_id_equal (&sim_world_place (world, i)->device, device)) {
      sim_world_place (world, i)->revoked = TRUE;
      sim_loop_after (world->loop, sim_random_range (random, SIM_SECOND, 20 * SIM_MINUTE), give_up, sim_world_place (world, i), NULL);
    }
  world->revoked = TRUE;
}

void
sim_fault_revoke (SimWorld *world, SimRandom *random)
{
  SimPlace *place = any_place (world, random);

  if (world->revoked || (place->klass & LIMBER_CLASS_NODES))
    return;
  take_down (world, &place->device);
  if (sim_world_write (world, world->central, "revokes a device", revoke_device, &place->device))
    shut_out (world, &place->device, random);
  else
    world->doubtful = place;
}

static gboolean
is_revoked (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "device", &((SimPlace *) data)->device, NULL);

  return record != NULL && limber_record_integer (record, "revoked") != 0;
}

/**
 * sim_fault_end_doubt:
 *
 * When the power goes while a device is revoked, nobody is told whether it was; whoever looks once central is back sees it.
 */
void
sim_fault_end_doubt (SimWorld *world)
{
  SimPlace *place = g_steal_pointer (&world->doubtful);
  SimRandom random;

  if (place == NULL || !limber_store_read (world->central->store, is_revoked, place, NULL))
    return;
  sim_random_init (&random, world->seed, "doubt", 0);
  take_down (world, &place->device);
  shut_out (world, &place->device, &random);
}

static gboolean
retire_device (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("device", data);

  limber_edit_set_text (edit, "leaving", limber_leaving_name (LIMBER_LEAVING_RETIRED));
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* A device, and its copies with it; half of the time somebody goes on working with it alone. One of each site stays. */
void
sim_fault_retire (SimWorld *world, SimRandom *random)
{
  SimPlace *place = any_place (world, random);
  guint others = 0;

  for (guint i = 0; i < world->places->len; i++)
    others += !sim_world_place (world, i)->gone && !sim_world_place (world, i)->told_to_go && limber_id_equal (&sim_world_place (world, i)->site, &place->site) &&
              !limber_id_equal (&sim_world_place (world, i)->device, &place->device) && sim_world_place (world, i)->klass != LIMBER_CLASS_HUB;
  if ((place->klass & LIMBER_CLASS_NODES) || place->gone || others < 2 || !sim_world_write (world, world->central, "retires a device", retire_device, &place->device))
    return;
  sim_loop_note (world->loop, "%s is to go", place->name);
  for (guint i = 0; i < world->places->len; i++)
    if (limber_id_equal (&sim_world_place (world, i)->device, &place->device))
      sim_world_place (world, i)->told_to_go = TRUE;
  if (sim_random_chance (random, 0.5))
    sim_place_set_offline (place, TRUE);
}

static void
forget_copies (SimWorld *world, SimPlace *place)
{
  for (guint i = world->copies->len; i > 0; i--) {
    SimCopy *copy = g_ptr_array_index (world->copies, i - 1);
    g_autofree char *folder = g_strdup (copy->folder);

    if (sim_world_place (world, copy->place) != place)
      continue;
    g_ptr_array_remove_index (world->copies, i - 1);
    sim_place_remove_folder (folder);
  }
}

/* A hub's machine is lost with all that it had, and another comes in its place, at its address. Not without digests: the devices
 * bring it all again, also what they wrote of somebody who has left since, whom it takes at their word; central, which knows those
 * entries, is not asked about them, so that only a digest shows that she is to be forgotten. Nor where a digest may find nothing. */
void
sim_fault_replace (SimWorld *world, SimRandom *random)
{
  static const SimWeather still = { 0 }; /* joining waits, and no time passes meanwhile */
  SimPlace *hub = world->hubs[sim_random_below (random, 2)];
  g_autofree char *dir = sim_place_store_dir (hub);
  LimberId old = hub->device;

  if ((world->family & (SIM_NO_DIGEST | SIM_NO_FAULTS)) || !is_running (world->central) || !is_running (hub))
    return;
  sim_loop_note (world->loop, "%s is lost, and replaced", hub->name);
  sim_ledger_look (world->ledger, hub, sim_world_number (world, hub));
  sim_disk_doom (world->central->disk, 0);
  sim_disk_fill (world->central->disk, FALSE);
  sim_disk_doom (hub->disk, 0);
  sim_disk_fill (hub->disk, FALSE);
  sim_place_close (hub);
  sim_place_remove_folder (dir);
  forget_copies (world, hub);
  sim_net_cut (world->net, hub->port, world->central->port, FALSE);
  sim_net_set_weather (world->net, &still);
  sim_place_join (hub, world->central, &old);
  sim_net_set_weather (world->net, &world->rates.weather);
  sim_ledger_rolled_back (world->ledger, hub, sim_world_number (world, hub));
  sim_watch_put_back (world->watch, hub);
}
