#include "limber-board-page.h"

#include <glib/gi18n-lib.h>

#include "limber-board-voice.h"
#include "limber-board-words.h"
#include "limber-date.h"

#define NOTICES 5
/* Letters from side to side, in em of the window's text, that the largest line may take: the rest is its card's. */
#define LARGEST 7.5
#define SMALLEST 3.0

struct _LimberBoardPage {
  LimberKioskPage parent_instance;

  LimberEnv        *env;   /* (owned) */
  LimberBoard      *board; /* (owned) */
  LimberBoardVoice *voice; /* (owned) */
  guint             fitting; /* a source: the large words are to be fitted */
  int               width, height;

  GtkLabel  *site;
  GtkLabel  *day;
  GtkLabel  *clock;
  GtkStack  *stack;
  GtkLabel  *name;
  GtkLabel  *place;
  GtkBox    *lower;
  GtkWidget *recent_box;
  GtkGrid   *recent;
  GtkWidget *notices_box;
  GtkBox    *notices;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (LimberBoardPage, limber_board_page, LIMBER_TYPE_KIOSK_PAGE)

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static int
em_of (GtkWidget *widget)
{
  return pango_font_description_get_size (pango_context_get_font_description (gtk_widget_get_pango_context (widget))) / PANGO_SCALE;
}

/* As large as it can be on one line of @width. */
static void
fit_line (GtkLabel *label, int width, double largest)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), gtk_label_get_label (label));
  PangoAttrList *attributes = pango_attr_list_new ();
  int natural;

  pango_layout_get_pixel_size (layout, &natural, NULL);
  pango_attr_list_insert (attributes, pango_attr_scale_new (CLAMP ((double) width / MAX (natural, 1), SMALLEST, largest)));
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

/* A screen that stands upright has the two lower cards one below the other. */
static gboolean
fit (gpointer data)
{
  LimberBoardPage *page = data;
  gboolean upright = page->height > page->width;
  double largest = upright ? LARGEST : MIN (LARGEST, page->height / (5.2 * em_of (GTK_WIDGET (page))));
  int room = page->width - 4 * em_of (GTK_WIDGET (page));

  page->fitting = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->lower), upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  fit_line (page->name, room, largest);
  fit_line (page->place, room, largest * 0.62);
  return G_SOURCE_REMOVE;
}

static void
queue_fit (LimberBoardPage *page)
{
  if (page->fitting == 0)
    page->fitting = g_idle_add_full (GDK_PRIORITY_EVENTS, fit, page, NULL);
}

static void
show_now (LimberBoardPage *page)
{
  LimberRow *call = limber_board_get_now (page->board);
  g_autofree char *place = call != NULL ? limber_board_words_place (call) : g_strdup ("");

  set_text (page->name, call != NULL ? limber_row_text (call, "shown") : "");
  set_text (page->place, place);
  gtk_stack_set_visible_child_name (page->stack, call != NULL ? "call" : "calm");
  queue_fit (page);
}

static void
show_recent (LimberBoardPage *page)
{
  GPtrArray *recent = limber_board_get_recent (page->board);

  for (guint i = 0; i < LIMBER_BOARD_RECENT; i++) {
    GtkWidget *name = gtk_grid_get_child_at (page->recent, 0, (int) i), *place = gtk_grid_get_child_at (page->recent, 1, (int) i);
    LimberRow *call = i < recent->len ? g_ptr_array_index (recent, i) : NULL;
    g_autofree char *words = call != NULL ? limber_board_words_place (call) : g_strdup ("");

    set_text (GTK_LABEL (name), call != NULL ? limber_row_text (call, "shown") : "");
    set_text (GTK_LABEL (place), words);
    gtk_widget_set_visible (name, call != NULL);
    gtk_widget_set_visible (place, call != NULL);
  }
  gtk_widget_set_visible (page->recent_box, recent->len > 0);
}

static void
show_notices (LimberBoardPage *page)
{
  GPtrArray *notices = limber_board_get_notices (page->board);
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (page->notices));

  for (guint i = 0; line != NULL; i++, line = gtk_widget_get_next_sibling (line)) {
    g_autofree char *words = i < notices->len ? limber_board_words_notice (g_ptr_array_index (notices, i)) : g_strdup ("");

    set_text (GTK_LABEL (line), words);
    gtk_widget_set_visible (line, i < notices->len);
  }
  gtk_widget_set_visible (page->notices_box, notices->len > 0);
}

static void
show_time (LimberBoardPage *page)
{
  gint64 now = limber_env_now (page->env);
  g_autofree char *time = limber_time_for_public (now), *day = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  day = limber_date_for_public (today);
  set_text (page->clock, time);
  set_text (page->day, day);
}

static gboolean
stands (const LimberId *id, gpointer data)
{
  LimberRow *call = limber_board_get_now (data);
  GPtrArray *recent = limber_board_get_recent (data);

  if (call != NULL && limber_id_equal (id, limber_row_id (call, "id")))
    return TRUE;
  for (guint i = 0; i < recent->len; i++) {
    call = g_ptr_array_index (recent, i);
    if (limber_id_equal (id, limber_row_id (call, "id")))
      return !limber_row_integer (call, "gone_in");
  }
  return FALSE;
}

static void
on_changed (LimberBoardPage *page)
{
  const char *site = limber_board_get_site (page->board);

  set_text (page->site, site != NULL ? site : "");
  show_now (page);
  show_recent (page);
  show_notices (page);
  gtk_widget_set_visible (page->warning, !limber_board_is_connected (page->board));
  limber_board_voice_retain (page->voice, stands, page->board);
}

static void
on_called (LimberBoardPage *page, LimberRow *call)
{
  limber_board_voice_call (page->voice, call, limber_board_get_volume (page->board));
}

static void
limber_board_page_tick (LimberKioskPage *page, guint left)
{
  limber_board_tick (LIMBER_BOARD_PAGE (page)->board);
  show_time (LIMBER_BOARD_PAGE (page));
}

static void
limber_board_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimberBoardPage *page = LIMBER_BOARD_PAGE (widget);

  GTK_WIDGET_CLASS (limber_board_page_parent_class)->size_allocate (widget, width, height, baseline);
  if (page->width == width && page->height == height)
    return;
  page->width = width;
  page->height = height;
  queue_fit (page);
}

static void
limber_board_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (limber_board_page_parent_class)->css_changed (widget, change);
  queue_fit (LIMBER_BOARD_PAGE (widget));
}

static void
limber_board_page_dispose (GObject *object)
{
  LimberBoardPage *page = LIMBER_BOARD_PAGE (object);

  g_clear_handle_id (&page->fitting, g_source_remove);
  if (page->board != NULL)
    g_signal_handlers_disconnect_by_data (page->board, page);
  g_clear_pointer (&page->voice, limber_board_voice_free);
  g_clear_object (&page->board);
  g_clear_pointer (&page->env, limber_env_unref);
  G_OBJECT_CLASS (limber_board_page_parent_class)->dispose (object);
}

static void
limber_board_page_class_init (LimberBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_board_page_dispose;
  widget_class->size_allocate = limber_board_page_size_allocate;
  widget_class->css_changed = limber_board_page_css_changed;
  LIMBER_KIOSK_PAGE_CLASS (klass)->tick = limber_board_page_tick;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, site);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, day);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, clock);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, name);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, place);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, lower);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, recent);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, notices_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, notices);
  gtk_widget_class_bind_template_child (widget_class, LimberBoardPage, warning);
}

static GtkWidget *
new_line (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

/* The lines are there from the beginning: there are never more. */
static void
limber_board_page_init (LimberBoardPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  for (int i = 0; i < LIMBER_BOARD_RECENT; i++) {
    GtkWidget *name = new_line ("called"), *place = new_line ("where");

    gtk_widget_set_hexpand (name, TRUE);
    gtk_grid_attach (page->recent, name, 0, i, 1, 1);
    gtk_grid_attach (page->recent, place, 1, i, 1, 1);
  }
  for (guint i = 0; i < NOTICES; i++)
    gtk_box_append (page->notices, new_line ("notice"));
}

/**
 * limber_board_page_new:
 * @env: whose clock counts
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_board_page_new (LimberEnv *env)
{
  LimberBoardPage *page = g_object_new (LIMBER_TYPE_BOARD_PAGE, NULL);
  g_autoptr (LimberSpeech) speech = limber_speech_new ("limber-kiosk");

  page->env = limber_env_ref (env);
  page->board = limber_board_new (env);
  page->voice = limber_board_voice_new (speech);
  g_signal_connect_swapped (page->board, "changed", G_CALLBACK (on_changed), page);
  g_signal_connect_swapped (page->board, "called", G_CALLBACK (on_called), page);
  show_time (page);
  on_changed (page);
  return LIMBER_KIOSK_PAGE (page);
}

/**
 * limber_board_page_get_board:
 *
 * Returns: (transfer none): what it shows
 */
LimberBoard *
limber_board_page_get_board (LimberBoardPage *page)
{
  return page->board;
}

static void
set_store (LimberKioskPage *page, LimberStore *store, LimberClient *client)
{
  limber_board_set_store (LIMBER_BOARD_PAGE (page)->board, store, client);
}

const LimberKioskHome limber_board_home = { LIMBER_CLASS_BOARD, limber_board_page_new, set_store };
