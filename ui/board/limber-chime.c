/* libcanberra plays files; this one is in memory and has no name elsewhere. It is kept as long as the program runs, since the
 * sound server may read it later. */
#include "limber-chime.h"

#include <canberra.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define RATE 22050
#define SAMPLES (RATE * LIMBER_CHIME_TIME / 1000)
#define HEADER 44

/* A note: when it begins, in seconds, and its pitch, in Hz: E5 and C5. */
static const struct {
  double at, pitch;
} notes[] = { { 0, 659.26 }, { 0.45, 523.25 } };

/* A struck bar: the tone and one far above it, which dies sooner; a few milliseconds to begin, so that it does not click. */
static double
sound (double time, double pitch)
{
  if (time < 0)
    return 0;
  return MIN (1, time / 0.008) * (exp (-3.2 * time) * sin (2 * G_PI * pitch * time) + 0.25 * exp (-9 * time) * sin (2 * G_PI * 3 * pitch * time));
}

static void
put (guint8 *at, guint32 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++)
    at[i] = (guint8) (value >> (8 * i));
}

/* WAVE: PCM, one channel, 16 bits. */
static void
write_header (guint8 *data)
{
  memcpy (data, "RIFF....WAVEfmt ", 16);
  put (data + 4, HEADER - 8 + 2 * SAMPLES, 4);
  put (data + 16, 16, 4);
  put (data + 20, 1, 2);
  put (data + 22, 1, 2);
  put (data + 24, RATE, 4);
  put (data + 28, 2 * RATE, 4);
  put (data + 32, 2, 2);
  put (data + 34, 16, 2);
  memcpy (data + 36, "data", 4);
  put (data + 40, 2 * SAMPLES, 4);
}

/**
 * limber_chime_make:
 *
 * Returns: (transfer full): the chime, as a WAVE file
 */
GBytes *
limber_chime_make (void)
{
  guint8 *data = g_malloc (HEADER + 2 * SAMPLES);

  write_header (data);
  for (guint i = 0; i < SAMPLES; i++) {
    double level = 0, time = (double) i / RATE, fade = MIN (1, (double) (SAMPLES - i) / (0.1 * RATE));

    for (guint n = 0; n < G_N_ELEMENTS (notes); n++)
      level += sound (time - notes[n].at, notes[n].pitch);
    put (data + HEADER + 2 * i, (guint32) (gint16) (level * fade * 0.45 * G_MAXINT16), 2);
  }
  return g_bytes_new_take (data, HEADER + 2 * SAMPLES);
}

/* Returns: a name under which this process finds the chime, %NULL where there is no memory for it */
static const char *
chime_file (void)
{
  static char *name;
  g_autoptr (GBytes) bytes = NULL;
  int file;

  if (name != NULL)
    return name;
  bytes = limber_chime_make ();
  file = memfd_create ("chime", MFD_CLOEXEC);
  if (file < 0 || write (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) != (gssize) g_bytes_get_size (bytes))
    return NULL;
  name = g_strdup_printf ("/proc/self/fd/%d", file);
  return name;
}

/* To find the sound server can take a while, and each time anew: it may have been started since. */
static void
play (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  guint volume = GPOINTER_TO_UINT (data);
  g_autofree char *level = g_strdup_printf ("%.1f", 20 * log10 (MAX (volume, 1) / 100.0));
  ca_context *context = NULL;

  if (ca_context_create (&context) == CA_SUCCESS) {
    ca_context_change_props (context, CA_PROP_APPLICATION_NAME, "limber-kiosk", NULL);
    if (ca_context_play (context, 0, CA_PROP_MEDIA_FILENAME, g_task_get_source_tag (task), CA_PROP_MEDIA_NAME, "chime", CA_PROP_CANBERRA_VOLUME, level, NULL) == CA_SUCCESS)
      g_usleep (2 * LIMBER_CHIME_TIME * 1000);
    ca_context_destroy (context);
  }
  g_task_return_boolean (task, TRUE);
}

/**
 * limber_chime_play:
 * @volume: 0, silent, to 100, as loud as the machine is set to
 *
 * Plays it, and does not wait.
 */
void
limber_chime_play (guint volume)
{
  const char *file = volume > 0 ? chime_file () : NULL;
  g_autoptr (GTask) task = NULL;

  if (file == NULL)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, (gpointer) file);
  g_task_set_task_data (task, GUINT_TO_POINTER (MIN (volume, 100)), NULL);
  g_task_run_in_thread (task, play);
}
