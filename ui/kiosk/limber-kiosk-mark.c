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

static const struct {
  const char *name;
  void (*draw) (cairo_t *cr, gboolean mirrored);
} drawings[] = {
  { "check", draw_check },       { "clock", draw_clock },     { "person", draw_person },     { "back", draw_back }, { "contrast", draw_contrast },
  { "question", draw_question }, { "notice", draw_notice },   { "calendar", draw_calendar }, { "seat", draw_seat }, { "delete", draw_delete },
  { "globe", draw_globe },
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
 * @drawing: (nullable): check, clock, person, back, contrast, question, notice, calendar, seat, delete or globe; anything else draws nothing
 */
void
limber_kiosk_mark_set_drawing (LimberKioskMark *mark, const char *drawing)
{
  mark->drawing = g_intern_string (drawing != NULL ? drawing : "");
  gtk_widget_queue_draw (GTK_WIDGET (mark));
}
