#include "limber-bench-draw.h"

#include "limber-bench.h"

typedef struct {
  LimberBenchShown shown; /* (nullable) */
  gpointer         data;
  gint64           at; /* 0 until then */
} Wait;

static void
on_after_paint (GdkFrameClock *clock, Wait *wait)
{
  if (wait->at == 0 && (wait->shown == NULL || wait->shown (wait->data)))
    wait->at = limber_bench_now ();
}

/**
 * limber_bench_until_shown:
 * @window: where it is to be seen
 * @began: when it was begun, as limber_bench_now() has it
 * @shown: (nullable): whether what is on the screen now is what was begun; %NULL when the next frame is it
 *
 * Returns: nanoseconds until a frame had been drawn that shows it
 */
gint64
limber_bench_until_shown (GtkWidget *window, gint64 began, LimberBenchShown shown, gpointer data)
{
  Wait wait = { shown, data, 0 };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &wait);

  while (wait.at == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return wait.at - began;
}

/**
 * limber_bench_until_drawn:
 *
 * Returns: nanoseconds until the next frame had been drawn
 */
gint64
limber_bench_until_drawn (GtkWidget *window, gint64 began)
{
  return limber_bench_until_shown (window, began, NULL, NULL);
}

/**
 * limber_bench_rest:
 * @milliseconds: how long
 *
 * Lets all come to an end that was begun.
 */
void
limber_bench_rest (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}
