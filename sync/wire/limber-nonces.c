#include "limber-nonces.h"

#include <string.h>

/* Runs kept for one device: a copied disk makes two live ones; an older one that comes back gets 401 and mints anew. */
#define RUNS 4

typedef struct {
  char    run[LIMBER_RUN_LENGTH + 1];
  guint64 highest;
  guint64 window; /* bit i: highest - i was seen */
  guint64 used;   /* when it was last used, by count */
} Run;

typedef struct {
  LimberId device;
  Run      runs[RUNS];
  GArray  *retired; /* (owned): hashes of runs that were pushed out; they are never taken again */
} Device;

struct _LimberNonces {
  GMutex      mutex;
  GHashTable *devices; /* (mutex): LimberId → Device */
  guint64     count;   /* (mutex) */
};

static void
device_free (Device *device)
{
  g_array_unref (device->retired);
  g_free (device);
}

LimberNonces *
limber_nonces_new (void)
{
  LimberNonces *nonces = g_new0 (LimberNonces, 1);

  g_mutex_init (&nonces->mutex);
  nonces->devices = g_hash_table_new_full (limber_id_hash, limber_id_equal, NULL, (GDestroyNotify) device_free);
  return nonces;
}

void
limber_nonces_free (LimberNonces *nonces)
{
  g_hash_table_unref (nonces->devices);
  g_mutex_clear (&nonces->mutex);
  g_free (nonces);
}

static Device *
find_device (LimberNonces *nonces, const LimberId *id)
{
  Device *device = g_hash_table_lookup (nonces->devices, id);

  if (device == NULL) {
    device = g_new0 (Device, 1);
    device->device = *id;
    device->retired = g_array_new (FALSE, FALSE, sizeof (guint64));
    g_hash_table_insert (nonces->devices, &device->device, device);
  }
  return device;
}

/* Finds the run, or makes room for it by retiring the one that was quiet longest; NULL for one that was retired. */
static Run *
find_run (Device *device, const char *name)
{
  guint64 value = g_ascii_strtoull (name, NULL, 16);
  Run *oldest = &device->runs[0];

  for (int i = 0; i < RUNS; i++) {
    if (g_str_equal (device->runs[i].run, name))
      return &device->runs[i];
    if (device->runs[i].used < oldest->used)
      oldest = &device->runs[i];
  }
  for (guint i = 0; i < device->retired->len; i++)
    if (g_array_index (device->retired, guint64, i) == value)
      return NULL;
  if (oldest->used != 0) {
    guint64 old = g_ascii_strtoull (oldest->run, NULL, 16);

    g_array_append_val (device->retired, old);
  }
  memset (oldest, 0, sizeof *oldest);
  memcpy (oldest->run, name, LIMBER_RUN_LENGTH + 1);
  return oldest;
}

static gboolean
take (Run *run, guint64 counter)
{
  if (counter > run->highest) {
    guint64 step = counter - run->highest;

    run->window = (step < 64 ? run->window << step : 0) | 1;
    run->highest = counter;
    return TRUE;
  }
  if (run->highest - counter >= 64 || (run->window >> (run->highest - counter) & 1))
    return FALSE;
  run->window |= (guint64) 1 << (run->highest - counter);
  return TRUE;
}

/**
 * limber_nonces_take:
 * @signature: one that was verified
 *
 * Returns: whether its nonce is new; it is used from now on
 */
gboolean
limber_nonces_take (LimberNonces *nonces, const LimberSignature *signature)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&nonces->mutex);
  Run *run = find_run (find_device (nonces, &signature->device), signature->device_run);

  if (run == NULL)
    return FALSE;
  run->used = ++nonces->count;
  return take (run, signature->counter);
}
