#include "limber-kiosk-slot.h"

#include "limber-kiosk-question.h"

struct _LimberKioskSlot {
  GtkWidget parent_instance;

  GtkWidget *page; /* (unowned) (nullable): in sight */
  GtkWidget *next; /* (unowned) (nullable): behind it */
  GtkWidget *last; /* (unowned) (nullable): a question that has gone, and is destroyed once the page in its place has been drawn */
  guint      idle; /* a source: while there is a last one */
};

G_DEFINE_FINAL_TYPE (LimberKioskSlot, limber_kiosk_slot, GTK_TYPE_WIDGET)

/* A page is as high as it must be for its width. The other way round costs fifty times as much. */
static GtkSizeRequestMode
limber_kiosk_slot_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limber_kiosk_slot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimberKioskSlot *slot = LIMBER_KIOSK_SLOT (widget);

  if (slot->page != NULL)
    gtk_widget_measure (slot->page, orientation, for_size, minimum, natural, NULL, NULL);
}

/* The next page has as much room as it would have, so that it need not be laid out again. */
static void
limber_kiosk_slot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimberKioskSlot *slot = LIMBER_KIOSK_SLOT (widget);
  int least;

  if (slot->page != NULL)
    gtk_widget_size_allocate (slot->page, &(GtkAllocation){ 0, 0, width, height }, -1);
  if (slot->next == NULL)
    return;
  gtk_widget_measure (slot->next, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  width = MAX (width, least);
  gtk_widget_measure (slot->next, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (slot->next, &(GtkAllocation){ 0, 0, width, MAX (height, least) }, -1);
}

static void
take_away (GtkWidget **page)
{
  g_clear_pointer (page, gtk_widget_unparent);
}

/* For eye, finger, Tab and screen reader it is not there. */
static void
hide (GtkWidget *page, gboolean hidden)
{
  gtk_widget_set_child_visible (page, !hidden);
  gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static gboolean
on_idle (gpointer data)
{
  LimberKioskSlot *slot = data;

  slot->idle = 0;
  take_away (&slot->last);
  return G_SOURCE_REMOVE;
}

/**
 * limber_kiosk_slot_forget_last:
 *
 * Destroys the page that has gone, if it is still there.
 */
void
limber_kiosk_slot_forget_last (LimberKioskSlot *slot)
{
  g_clear_handle_id (&slot->idle, g_source_remove);
  take_away (&slot->last);
}

static void
limber_kiosk_slot_dispose (GObject *object)
{
  LimberKioskSlot *slot = LIMBER_KIOSK_SLOT (object);

  limber_kiosk_slot_forget_last (slot);
  take_away (&slot->next);
  take_away (&slot->page);
  G_OBJECT_CLASS (limber_kiosk_slot_parent_class)->dispose (object);
}

static void
limber_kiosk_slot_class_init (LimberKioskSlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_kiosk_slot_dispose;
  widget_class->get_request_mode = limber_kiosk_slot_get_request_mode;
  widget_class->measure = limber_kiosk_slot_measure;
  widget_class->size_allocate = limber_kiosk_slot_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_kiosk_slot_init (LimberKioskSlot *slot)
{
}

/**
 * limber_kiosk_slot_get_page:
 *
 * Returns: (transfer none) (nullable): the page in sight
 */
GtkWidget *
limber_kiosk_slot_get_page (LimberKioskSlot *slot)
{
  return slot->page;
}

/**
 * limber_kiosk_slot_get_next:
 *
 * Returns: (transfer none) (nullable): the page that stands behind it
 */
GtkWidget *
limber_kiosk_slot_get_next (LimberKioskSlot *slot)
{
  return slot->next;
}

/**
 * limber_kiosk_slot_show:
 * @page: the page that comes, prepared or not
 *
 * Shows a page in place of the one before, which goes for good. What has thirty keys takes longer to destroy than another to show, and
 * is destroyed when that has been drawn.
 */
void
limber_kiosk_slot_show (LimberKioskSlot *slot, LimberKioskPage *page)
{
  limber_kiosk_slot_forget_last (slot);
  if (!LIMBER_IS_KIOSK_QUESTION (slot->page)) {
    take_away (&slot->page);
  } else {
    slot->last = g_steal_pointer (&slot->page);
    hide (slot->last, TRUE);
    slot->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, slot, NULL);
  }
  if (slot->next != GTK_WIDGET (page)) {
    take_away (&slot->next);
    gtk_widget_set_parent (GTK_WIDGET (page), GTK_WIDGET (slot));
  } else {
    hide (slot->next, FALSE);
    gtk_widget_queue_resize (GTK_WIDGET (slot));
  }
  slot->page = GTK_WIDGET (page);
  slot->next = NULL;
}

/**
 * limber_kiosk_slot_prepare:
 * @page: (nullable): the page that most likely comes next
 *
 * Has it ready behind the page in sight.
 */
void
limber_kiosk_slot_prepare (LimberKioskSlot *slot, LimberKioskPage *page)
{
  if (slot->next == (GtkWidget *) page)
    return;
  take_away (&slot->next);
  if (page == NULL)
    return;
  hide (GTK_WIDGET (page), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (page), GTK_WIDGET (slot));
  slot->next = GTK_WIDGET (page);
}
