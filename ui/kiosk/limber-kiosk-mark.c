#include "limber-kiosk-mark.h"

#include <math.h>
#include <string.h>

/* Each drawing is made of strokes on a square of 24 by 24, as the symbolic icons of GNOME are. */
struct _LimberKioskMark {
  GtkWidget parent_instance;

  const char *drawing; /* (unowned): an interned word of the table below */
};

G_DEFINE_FINAL_TYPE (LimberKioskMark, limber_kiosk_mark, GTK_TYPE_WIDGET)

enum {
  PROP_DRAWING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
circle (cairo_t *cr, double radius)
{
  cairo_arc (cr, 12, 12, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_check (cairo_t *cr, gboolean mirrored)
{
  circle (cr, 10.5);
  cairo_move_to (cr, 7, 12.6);
  cairo_line_to (cr, 10.4, 16);
  cairo_line_to (cr, 17, 8.8);
  cairo_stroke (cr);
}

static void
draw_clock (cairo_t *cr, gboolean mirrored)
{
  circle (cr, 10.5);
  cairo_move_to (cr, 12, 6);
  cairo_line_to (cr, 12, 12);
  cairo_line_to (cr, 16, 14.5);
  cairo_stroke (cr);
}

/* Somebody behind a desk. */
static void
draw_person (cairo_t *cr, gboolean mirrored)
{
  cairo_arc (cr, 12, 6.4, 3.6, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, 5.2, 17);
  cairo_curve_to (cr, 5.2, 10.8, 18.8, 10.8, 18.8, 17);
  cairo_stroke (cr);
  cairo_move_to (cr, 1.8, 17);
  cairo_line_to (cr, 22.2, 17);
  cairo_move_to (cr, 4, 17);
  cairo_line_to (cr, 4, 22);
  cairo_move_to (cr, 20, 17);
  cairo_line_to (cr, 20, 22);
  cairo_stroke (cr);
}

static void
draw_back (cairo_t *cr, gboolean mirrored)
{
  if (mirrored) {
    cairo_translate (cr, 24, 0);
    cairo_scale (cr, -1, 1);
  }
  cairo_move_to (cr, 20, 12);
  cairo_line_to (cr, 4.5, 12);
  cairo_move_to (cr, 11, 5.5);
  cairo_line_to (cr, 4.5, 12);
  cairo_line_to (cr, 11, 18.5);
  cairo_stroke (cr);
}

static void
draw_contrast (cairo_t *cr, gboolean mirrored)
{
  circle (cr, 9.5);
  cairo_arc (cr, 12, 12, 9.5, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_question (cairo_t *cr, gboolean mirrored)
{
  circle (cr, 10.5);
  cairo_move_to (cr, 8.8, 9.4);
  cairo_curve_to (cr, 9, 5.2, 15.4, 5.4, 15.2, 9.4);
  cairo_curve_to (cr, 15.1, 11.6, 12, 11.6, 12, 14);
  cairo_stroke (cr);
  cairo_arc (cr, 12, 17.3, 1.1, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_notice (cairo_t *cr, gboolean mirrored)
{
  circle (cr, 10.5);
  cairo_move_to (cr, 12, 6.2);
  cairo_line_to (cr, 12, 13.4);
  cairo_stroke (cr);
  cairo_arc (cr, 12, 17, 1.1, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_calendar (cairo_t *cr, gboolean mirrored)
{
  cairo_rectangle (cr, 2.5, 4.5, 19, 17);
  cairo_move_to (cr, 2.5, 9.6);
  cairo_line_to (cr, 21.5, 9.6);
  cairo_move_to (cr, 7.5, 2);
  cairo_line_to (cr, 7.5, 6.4);
  cairo_move_to (cr, 16.5, 2);
  cairo_line_to (cr, 16.5, 6.4);
  cairo_stroke (cr);
  cairo_move_to (cr, 9, 13);
  cairo_line_to (cr, 15, 18.4);
  cairo_move_to (cr, 15, 13);
  cairo_line_to (cr, 9, 18.4);
  cairo_stroke (cr);
}

static void
draw_seat (cairo_t *cr, gboolean mirrored)
{
  if (mirrored) {
    cairo_translate (cr, 24, 0);
    cairo_scale (cr, -1, 1);
  }
  cairo_move_to (cr, 6, 2.5);
  cairo_line_to (cr, 7.4, 14);
  cairo_line_to (cr, 18, 14);
  cairo_line_to (cr, 18, 21.5);
  cairo_move_to (cr, 7.4, 14);
  cairo_line_to (cr, 6.4, 21.5);
  cairo_stroke (cr);
}

static void
draw_delete (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 8, 5);
  cairo_line_to (cr, 22, 5);
  cairo_line_to (cr, 22, 19);
  cairo_line_to (cr, 8, 19);
  cairo_line_to (cr, 2, 12);
  cairo_close_path (cr);
  cairo_move_to (cr, 11.5, 9);
  cairo_line_to (cr, 17.5, 15);
  cairo_move_to (cr, 17.5, 9);
  cairo_line_to (cr, 11.5, 15);
  cairo_stroke (cr);
}

static void
draw_loudspeaker (cairo_t *cr)
{
  cairo_move_to (cr, 2.5, 9);
  cairo_line_to (cr, 6.5, 9);
  cairo_line_to (cr, 12, 4.5);
  cairo_line_to (cr, 12, 19.5);
  cairo_line_to (cr, 6.5, 15);
  cairo_line_to (cr, 2.5, 15);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_speaker (cairo_t *cr, gboolean mirrored)
{
  draw_loudspeaker (cr);
  cairo_arc (cr, 12, 12, 4.2, -0.9, 0.9);
  cairo_stroke (cr);
  cairo_arc (cr, 12, 12, 9.2, -0.9, 0.9);
  cairo_stroke (cr);
}

static void
draw_silent (cairo_t *cr, gboolean mirrored)
{
  draw_loudspeaker (cr);
  cairo_move_to (cr, 16, 9);
  cairo_line_to (cr, 22, 15);
  cairo_move_to (cr, 22, 9);
  cairo_line_to (cr, 16, 15);
  cairo_stroke (cr);
}

static void
draw_up (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 12, 20);
  cairo_line_to (cr, 12, 4.5);
  cairo_move_to (cr, 5.5, 11);
  cairo_line_to (cr, 12, 4.5);
  cairo_line_to (cr, 18.5, 11);
  cairo_stroke (cr);
}

static void
draw_down (cairo_t *cr, gboolean mirrored)
{
  cairo_translate (cr, 0, 24);
  cairo_scale (cr, 1, -1);
  draw_up (cr, mirrored);
}

static void
draw_minus (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 5, 12);
  cairo_line_to (cr, 19, 12);
  cairo_stroke (cr);
}

static void
draw_plus (cairo_t *cr, gboolean mirrored)
{
  draw_minus (cr, mirrored);
  cairo_move_to (cr, 12, 5);
  cairo_line_to (cr, 12, 19);
  cairo_stroke (cr);
}

/* A round button on its base, and what presses it. */
static void
draw_button (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 2, 20.5);
  cairo_line_to (cr, 22, 20.5);
  cairo_move_to (cr, 5.5, 20.5);
  cairo_curve_to (cr, 5.5, 12.5, 18.5, 12.5, 18.5, 20.5);
  cairo_move_to (cr, 12, 2.5);
  cairo_line_to (cr, 12, 10);
  cairo_move_to (cr, 8.8, 7);
  cairo_line_to (cr, 12, 10.2);
  cairo_line_to (cr, 15.2, 7);
  cairo_stroke (cr);
}

/* The earth, which stands for languages in most places. */
static void
draw_globe (cairo_t *cr, gboolean mirrored)
{
  circle (cr, 10);
  cairo_move_to (cr, 2, 12);
  cairo_line_to (cr, 22, 12);
  cairo_stroke (cr);
  cairo_move_to (cr, 12, 2);
  cairo_curve_to (cr, 5.6, 7, 5.6, 17, 12, 22);
  cairo_curve_to (cr, 18.4, 17, 18.4, 7, 12, 2);
  cairo_stroke (cr);
}

/* An open book: something to read. */
static void
draw_book (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 12, 6);
  cairo_curve_to (cr, 9.5, 3.6, 5.5, 3.6, 2, 4.6);
  cairo_line_to (cr, 2, 19.4);
  cairo_curve_to (cr, 5.5, 18.4, 9.5, 18.4, 12, 20.6);
  cairo_curve_to (cr, 14.5, 18.4, 18.5, 18.4, 22, 19.4);
  cairo_line_to (cr, 22, 4.6);
  cairo_curve_to (cr, 18.5, 3.6, 14.5, 3.6, 12, 6);
  cairo_line_to (cr, 12, 20.6);
  cairo_stroke (cr);
}

static void
draw_urgent (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 12, 2.4);
  cairo_line_to (cr, 22.4, 21);
  cairo_line_to (cr, 1.6, 21);
  cairo_close_path (cr);
  cairo_move_to (cr, 12, 9);
  cairo_line_to (cr, 12, 14.6);
  cairo_stroke (cr);
  cairo_arc (cr, 12, 17.8, 1.1, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* A receiver, as telephones once had. */
static void
draw_phone (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 3.2, 5.4);
  cairo_line_to (cr, 6.6, 2.4);
  cairo_line_to (cr, 10, 7.4);
  cairo_line_to (cr, 7.8, 9.8);
  cairo_curve_to (cr, 9.2, 12.6, 11.4, 14.8, 14.2, 16.2);
  cairo_line_to (cr, 16.6, 14);
  cairo_line_to (cr, 21.6, 17.4);
  cairo_line_to (cr, 18.6, 20.8);
  cairo_curve_to (cr, 11.6, 22.6, 1.4, 12.4, 3.2, 5.4);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_walk (cairo_t *cr, gboolean mirrored)
{
  if (mirrored) {
    cairo_translate (cr, 24, 0);
    cairo_scale (cr, -1, 1);
  }
  cairo_arc (cr, 13.2, 3.8, 2.2, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, 12.4, 8.6);
  cairo_line_to (cr, 11.2, 14.2);
  cairo_line_to (cr, 15, 17.2);
  cairo_line_to (cr, 16, 22);
  cairo_move_to (cr, 11.2, 14.2);
  cairo_line_to (cr, 9.6, 18.4);
  cairo_line_to (cr, 6.6, 22);
  cairo_move_to (cr, 6.4, 13);
  cairo_line_to (cr, 7.8, 9.8);
  cairo_line_to (cr, 12.4, 8.6);
  cairo_line_to (cr, 14.6, 11.8);
  cairo_line_to (cr, 18, 12.8);
  cairo_stroke (cr);
}

/* A cloud, and behind it the sun. */
static void
draw_cloud (cairo_t *cr, gboolean mirrored)
{
  cairo_move_to (cr, 7, 20);
  cairo_curve_to (cr, 1, 20, 1, 12.6, 6.4, 12.6);
  cairo_curve_to (cr, 7.2, 7.6, 14.6, 7.6, 15.6, 12);
  cairo_curve_to (cr, 22.6, 11.4, 23, 20, 17, 20);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_arc (cr, 16.6, 7.2, 3.6, -G_PI * 1.1, G_PI * 0.36);
  cairo_move_to (cr, 16.6, 1.2);
  cairo_line_to (cr, 16.6, 1.2);
  cairo_move_to (cr, 22.4, 7.2);
  cairo_line_to (cr, 22.4, 7.2);
  cairo_move_to (cr, 20.8, 3);
  cairo_line_to (cr, 20.8, 3);
  cairo_stroke (cr);
}

/* A little higher each time. */
static void
draw_steps (cairo_t *cr, gboolean mirrored)
{
  if (mirrored) {
    cairo_translate (cr, 24, 0);
    cairo_scale (cr, -1, 1);
  }
  cairo_move_to (cr, 2, 21);
  cairo_line_to (cr, 2, 16.5);
  cairo_line_to (cr, 8.6, 16.5);
  cairo_line_to (cr, 8.6, 11);
  cairo_line_to (cr, 15.3, 11);
  cairo_line_to (cr, 15.3, 5.5);
  cairo_line_to (cr, 22, 5.5);
  cairo_line_to (cr, 22, 21);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_moon (cairo_t *cr, gboolean mirrored)
{
  cairo_arc (cr, 12, 12, 9.5, -0.36 * G_PI, 1.02 * G_PI);
  cairo_curve_to (cr, 5.5, 14.5, 12.5, 14.5, 14.5, 10);
  cairo_curve_to (cr, 15.6, 7.4, 15.6, 5.4, 16.1, 3.45);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static const struct {
  const char *name;
  void (*draw) (cairo_t *cr, gboolean mirrored);
} drawings[] = {
  { "check", draw_check },       { "clock", draw_clock },     { "person", draw_person },     { "back", draw_back }, { "contrast", draw_contrast },
  { "question", draw_question }, { "notice", draw_notice },   { "calendar", draw_calendar }, { "seat", draw_seat }, { "delete", draw_delete },
  { "speaker", draw_speaker },   { "silent", draw_silent },   { "minus", draw_minus },       { "plus", draw_plus }, { "button", draw_button },
  { "up", draw_up },             { "down", draw_down },       { "globe", draw_globe },       { "book", draw_book }, { "urgent", draw_urgent },
  { "phone", draw_phone },       { "walk", draw_walk },       { "cloud", draw_cloud },       { "steps", draw_steps }, { "moon", draw_moon },
};

static void
limber_kiosk_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimberKioskMark *mark = LIMBER_KIOSK_MARK (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), side = MIN (width, height);
  cairo_t *cr;
  GdkRGBA colour;

  if (side <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_translate (cr, (width - side) / 2.0, (height - side) / 2.0);
  cairo_scale (cr, side / 24.0, side / 24.0);
  /* A large drawing has a thinner line for its size. */
  cairo_set_line_width (cr, side > 60 ? 1.25 : 2.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    if (g_str_equal (drawings[i].name, mark->drawing))
      drawings[i].draw (cr, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  cairo_destroy (cr);
}

static void
limber_kiosk_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_DRAWING)
    limber_kiosk_mark_set_drawing (LIMBER_KIOSK_MARK (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_DRAWING)
    g_value_set_string (value, LIMBER_KIOSK_MARK (object)->drawing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_mark_class_init (LimberKioskMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_kiosk_mark_set_property;
  object_class->get_property = limber_kiosk_mark_get_property;
  widget_class->snapshot = limber_kiosk_mark_snapshot;
  properties[PROP_DRAWING] = g_param_spec_string ("drawing", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
limber_kiosk_mark_init (LimberKioskMark *mark)
{
  mark->drawing = "";
  gtk_widget_set_can_target (GTK_WIDGET (mark), FALSE);
}

/**
 * limber_kiosk_mark_set_drawing:
 * @drawing: (nullable): a name of the table above; anything else draws nothing
 */
void
limber_kiosk_mark_set_drawing (LimberKioskMark *mark, const char *drawing)
{
  mark->drawing = g_intern_string (drawing != NULL ? drawing : "");
  gtk_widget_queue_draw (GTK_WIDGET (mark));
}
